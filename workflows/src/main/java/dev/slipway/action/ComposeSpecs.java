package dev.slipway.action;

import static dev.slipway.action.ParamSpec.optional;
import static dev.slipway.evidence.EvidenceKind.COVERAGE;
import static dev.slipway.evidence.EvidenceKind.TEST_RESULT;

import dev.slipway.action.ActionSpec.Effect;
import java.time.Duration;
import java.util.List;

/** Actions on several containers at once. */
public final class ComposeSpecs {
  public static final ActionSpec DOCKER_COMPOSE_TEST =
      new ActionSpec(
          "docker_compose_test",
          "Starts the services of a compose file in a project of its own, waits until they are"
              + " healthy, runs the test service, and removes everything. Its exit code 0 is"
              + " success.",
          List.of(
              optional(
                  "composeFile",
                  ParamType.PATH,
                  "docker-compose.test.yml",
                  "The compose file; it may not ask for more than containers need."),
              optional(
                  "service",
                  ParamType.TEXT,
                  "the one that no other needs, or test",
                  "The service that is the test."),
              CommandSpecs.COVERAGE_DEMAND,
              optional(
                  "reports",
                  ParamType.GLOBS,
                  null,
                  "Test and coverage reports, relative to the test container's working"
                      + " directory.")),
          Duration.ofMinutes(15),
          List.of(TEST_RESULT, COVERAGE),
          Effect.NONE);

  private ComposeSpecs() {}
}
