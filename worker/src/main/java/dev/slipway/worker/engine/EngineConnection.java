package dev.slipway.worker.engine;

import com.google.protobuf.util.Durations;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.namespace.v1.NamespaceConfig;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceResponse;
import io.temporal.api.workflowservice.v1.UpdateNamespaceRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A connection to an engine that answered, has the namespace, and knows our search attributes where
 * it lets us register them.
 */
public final class EngineConnection implements AutoCloseable {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);
  private static final Duration OWN_LIMIT = Duration.ofSeconds(80);

  /** How long a development server remembers ended runs; its own default is a day. */
  private static final Duration RETENTION = Duration.ofDays(30);

  private final WorkflowServiceStubs stubs;
  private final EngineDescription description;

  private EngineConnection(WorkflowServiceStubs stubs, EngineDescription description) {
    this.stubs = stubs;
    this.description = description;
  }

  /**
   * Connects.
   *
   * @throws EngineFailedException when the engine does not answer, refuses us or lacks the
   *     namespace
   */
  public static EngineConnection open(Engine engine) throws EngineFailedException {
    return open(
        engine,
        switch (engine) {
          case Configured ignored -> CONNECT_LIMIT;
          // Its port is open already; on a busy machine the rest takes its time.
          case DevServer ignored -> OWN_LIMIT;
          case Embedded ignored -> OWN_LIMIT;
        });
  }

  static EngineConnection open(Engine engine, Duration limit) throws EngineFailedException {
    var end = Instant.now().plus(limit);
    while (true) {
      try {
        return connect(engine, Duration.between(Instant.now(), end));
      } catch (StatusRuntimeException e) {
        if (!mayPass(e.getStatus().getCode()) || Instant.now().isAfter(end)) {
          throw failure(engine, e);
        }
        LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
      }
    }
  }

  /** A server that has just opened its port refuses requests for a while. */
  private static boolean mayPass(Status.Code code) {
    return code == Status.Code.UNAVAILABLE || code == Status.Code.DEADLINE_EXCEEDED;
  }

  private static EngineConnection connect(Engine engine, Duration limit) {
    WorkflowServiceStubs stubs = null;
    try {
      stubs = WorkflowServiceStubs.newConnectedServiceStubs(engine.connection(), limit);
      var identity =
          switch (engine) {
            case Configured configured -> namespace(stubs, configured).getNamespaceInfo().getId();
            case DevServer server -> {
              var namespace = namespace(stubs, server);
              keepEndedRuns(stubs, server, namespace.getConfig());
              yield namespace.getNamespaceInfo().getId();
            }
            case Embedded embedded -> embedded.identity();
          };
      return new EngineConnection(
          stubs,
          new EngineDescription(
              engine.kind(),
              identity,
              engine.address(),
              engine.namespace(),
              engine.webUi().orElse(null),
              SearchAttributeRegistration.register(engine)));
    } catch (StatusRuntimeException e) {
      if (stubs != null) {
        stubs.shutdownNow();
      }
      throw e;
    }
  }

  private static DescribeNamespaceResponse namespace(WorkflowServiceStubs stubs, Engine engine) {
    return stubs
        .blockingStub()
        .withDeadlineAfter(CONNECT_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
        .describeNamespace(
            DescribeNamespaceRequest.newBuilder().setNamespace(engine.namespace()).build());
  }

  private static void keepEndedRuns(
      WorkflowServiceStubs stubs, DevServer server, NamespaceConfig config) {
    if (Durations.toSeconds(config.getWorkflowExecutionRetentionTtl()) >= RETENTION.toSeconds()) {
      return;
    }
    var longer =
        NamespaceConfig.newBuilder()
            .setWorkflowExecutionRetentionTtl(Durations.fromSeconds(RETENTION.toSeconds()));
    stubs
        .blockingStub()
        .updateNamespace(
            UpdateNamespaceRequest.newBuilder()
                .setNamespace(server.namespace())
                .setConfig(longer)
                .build());
  }

  private static EngineFailedException failure(Engine engine, StatusRuntimeException e) {
    var where = "Temporal at " + engine.address();
    return switch (e.getStatus().getCode()) {
      case UNAUTHENTICATED, PERMISSION_DENIED ->
          new EngineFailedException(
              "%s refuses us: %s".formatted(where, describe(e.getStatus())),
              "check TEMPORAL_API_KEY, TEMPORAL_NAMESPACE and the TLS settings",
              e);
      case NOT_FOUND ->
          new EngineFailedException(
              "%s has no namespace %s".formatted(where, engine.namespace()),
              "create it, or set TEMPORAL_NAMESPACE to one that exists",
              e);
      default ->
          new EngineFailedException(
              "%s does not answer: %s".formatted(where, describe(e.getStatus())),
              "start it, or check TEMPORAL_ADDRESS and TEMPORAL_TLS; no other engine is used while"
                  + " one is configured",
              e);
    };
  }

  private static String describe(Status status) {
    return status.getDescription() == null
        ? status.getCode().name()
        : status.getCode() + ", " + status.getDescription();
  }

  public WorkflowServiceStubs stubs() {
    return stubs;
  }

  public EngineDescription description() {
    return description;
  }

  @Override
  public void close() {
    stubs.shutdown();
    if (!stubs.awaitTermination(5, TimeUnit.SECONDS)) {
      stubs.shutdownNow();
    }
  }
}
