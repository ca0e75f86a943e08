package dev.slipway.starter.client;

import dev.slipway.json.Payloads;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A command's connection to Temporal: lean, because commands are short. */
public final class TemporalConnection implements AutoCloseable {
  /** A query needs a worker; one that does not answer in this time is taken for absent. */
  static final Duration QUERY_LIMIT = Duration.ofSeconds(4);

  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;
  private final String address;
  private final Runnable closeChannel;

  private TemporalConnection(
      WorkflowServiceStubsOptions.Builder options,
      String address,
      String namespace,
      Runnable closeChannel) {
    this.address = address;
    this.closeChannel = closeChannel;
    this.stubs =
        WorkflowServiceStubs.newServiceStubs(
            options.setRpcQueryTimeout(QUERY_LIMIT).setRpcTimeout(Duration.ofSeconds(8)).build());
    this.client =
        WorkflowClient.newInstance(
            stubs,
            WorkflowClientOptions.newBuilder()
                .setNamespace(namespace)
                .setDataConverter(Payloads.converter())
                .build());
  }

  /** To a server on this machine. */
  static TemporalConnection local(String address, String namespace) {
    // One I/O thread and none for callbacks: the default pools cost half of a command's time.
    var loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    var channel =
        NettyChannelBuilder.forTarget(address)
            .eventLoopGroup(loop)
            .channelType(NioSocketChannel.class)
            .directExecutor()
            .usePlaintext()
            .build();
    return new TemporalConnection(
        WorkflowServiceStubsOptions.newBuilder().setChannel(channel),
        address,
        namespace,
        // Who gives the SDK a channel ends it, and its thread.
        () -> {
          channel.shutdownNow();
          var _ = loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        });
  }

  /** With the address, the TLS and the credentials of a profile. */
  static TemporalConnection configured(ClientConfigProfile profile) {
    return new TemporalConnection(
        WorkflowServiceStubsOptions.newBuilder(profile.toWorkflowServiceStubsOptions()),
        Objects.requireNonNull(profile.getAddress()),
        Objects.requireNonNullElse(profile.getNamespace(), "default"),
        () -> {});
  }

  WorkflowClient client() {
    return client;
  }

  /** Host and port, for people. */
  public String address() {
    return address;
  }

  /** Names the engine that a configured connection leads to. */
  String engineIdentity() {
    return stubs
        .blockingStub()
        .describeNamespace(
            DescribeNamespaceRequest.newBuilder()
                .setNamespace(client.getOptions().getNamespace())
                .build())
        .getNamespaceInfo()
        .getId();
  }

  /** Whether Temporal answers now. */
  boolean answers() {
    try {
      stubs.healthCheck();
      return true;
    } catch (StatusRuntimeException e) {
      return false; // the answer is that there is none
    }
  }

  /** Whether it is known that nobody takes what is put into this queue. */
  boolean lacksWorker(String queue) {
    try {
      return stubs
              .blockingStub()
              .describeTaskQueue(
                  DescribeTaskQueueRequest.newBuilder()
                      .setNamespace(client.getOptions().getNamespace())
                      .setTaskQueue(TaskQueue.newBuilder().setName(queue))
                      .setTaskQueueType(TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)
                      .build())
              .getPollersCount()
          == 0;
    } catch (StatusRuntimeException e) {
      return false; // whoever may not or can't ask does not know
    }
  }

  @Override
  public void close() {
    stubs.shutdownNow();
    closeChannel.run();
  }
}
