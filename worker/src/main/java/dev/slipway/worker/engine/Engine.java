package dev.slipway.worker.engine;

import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Where Temporal is. Closing it ends what was started for it. */
public sealed interface Engine extends AutoCloseable permits Configured, DevServer, Embedded {
  EngineKind kind();

  /** Host and port. */
  String address();

  String namespace();

  /** Where people look at it with a browser, if that is known. */
  Optional<URI> webUi();

  /** How it is connected to: address, TLS and credentials. */
  WorkflowServiceStubsOptions connection();

  /** How long a workflow task waits for the worker that has the workflow in its memory. */
  default Duration stickyScheduleToStart() {
    return Duration.ofSeconds(1);
  }

  @Override
  void close();
}
