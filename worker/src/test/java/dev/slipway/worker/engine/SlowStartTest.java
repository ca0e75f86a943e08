package dev.slipway.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.activities.home.Home;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.StreamObserver;
import io.temporal.api.namespace.v1.NamespaceInfo;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceResponse;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceImplBase;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose port is open and that is not ready yet. */
class SlowStartTest {
  private final AtomicInteger asked = new AtomicInteger();
  private Server server;

  @BeforeEach
  void start() throws Exception {
    var health = new HealthStatusManager();
    health.setStatus(WorkflowServiceGrpc.SERVICE_NAME, ServingStatus.SERVING);
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(new ReadyTheThirdTime())
            .addService(health.getHealthService())
            .build()
            .start();
  }

  @AfterEach
  void stop() {
    server.shutdownNow();
  }

  @Test
  void isWaitedFor(@TempDir Path empty) throws Exception {
    var address = "127.0.0.1:" + server.getPort();
    var engine =
        Engines.open(Map.of("TEMPORAL_ADDRESS", address, "PATH", "/nowhere"), Home.at(empty));

    try (var connection = EngineConnection.open(engine, Duration.ofSeconds(30))) {
      assertThat(connection.description().identity()).isEqualTo("shipyard");
    }
    assertThat(asked).hasValue(3);
  }

  private final class ReadyTheThirdTime extends WorkflowServiceImplBase {
    @Override
    public void getSystemInfo(
        GetSystemInfoRequest request, StreamObserver<GetSystemInfoResponse> answer) {
      answer.onNext(GetSystemInfoResponse.getDefaultInstance());
      answer.onCompleted();
    }

    @Override
    public void describeNamespace(
        DescribeNamespaceRequest request, StreamObserver<DescribeNamespaceResponse> answer) {
      if (asked.incrementAndGet() < 3) {
        answer.onError(Status.DEADLINE_EXCEEDED.asException());
        return;
      }
      answer.onNext(
          DescribeNamespaceResponse.newBuilder()
              .setNamespaceInfo(NamespaceInfo.newBuilder().setId("shipyard"))
              .build());
      answer.onCompleted();
    }
  }
}
