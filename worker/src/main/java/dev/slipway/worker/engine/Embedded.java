package dev.slipway.worker.engine;

import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.temporal.internal.testservice.TestServicesStarter;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Temporal's test server inside of our own process: in memory, in real time, without a Web UI. Its
 * open runs are lost with the process.
 */
public final class Embedded implements Engine {
  private final TestServicesStarter services;
  private final Server server;
  private final String identity = UUID.randomUUID().toString();

  private Embedded(TestServicesStarter services, Server server) {
    this.services = services;
    this.server = server;
  }

  /** Starts one on a free port of the loopback interface. */
  public static Embedded start() throws EngineFailedException {
    var services = new TestServicesStarter(true, 0);
    var health = new HealthStatusManager();
    // TestServer.createPortBoundServer listens on every interface, to which nobody has a key.
    var builder =
        NettyServerBuilder.forAddress(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            InsecureServerCredentials.create());
    services.getServices().forEach(builder::addService);
    builder.addService(health.getHealthService());
    health.setStatus(WorkflowServiceStubs.HEALTH_CHECK_SERVICE_NAME, ServingStatus.SERVING);
    try {
      return new Embedded(services, builder.build().start());
    } catch (IOException e) {
      services.close();
      throw new EngineFailedException(
          "the embedded engine can't listen on a port: " + e.getMessage(),
          "look for what keeps programs from listening on 127.0.0.1",
          e);
    }
  }

  /** Names the engine for as long as it lives. */
  String identity() {
    return identity;
  }

  @Override
  public EngineKind kind() {
    return EngineKind.EMBEDDED;
  }

  @Override
  public String address() {
    return "127.0.0.1:" + server.getPort();
  }

  @Override
  public String namespace() {
    return "default";
  }

  @Override
  public Optional<URI> webUi() {
    return Optional.empty();
  }

  @Override
  public WorkflowServiceStubsOptions connection() {
    return WorkflowServiceStubsOptions.newBuilder().setTarget(address()).build();
  }

  /** Its sticky tasks never time out, so a worker that went away would hold its runs for ever. */
  @Override
  public Duration stickyScheduleToStart() {
    return Duration.ZERO;
  }

  @Override
  public void close() {
    server.shutdownNow();
    services.close();
  }
}
