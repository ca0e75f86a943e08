package dev.slipway.activities;

import dev.slipway.json.Payloads;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.testing.TestEnvironmentOptions;

/** How the embedded engine is set up for tests of activities. */
public final class TestEngines {
  private TestEngines() {}

  /** With payloads as they are everywhere else. */
  public static TestEnvironmentOptions options() {
    return TestEnvironmentOptions.newBuilder()
        .setWorkflowClientOptions(
            WorkflowClientOptions.newBuilder().setDataConverter(Payloads.converter()).build())
        .build();
  }
}
