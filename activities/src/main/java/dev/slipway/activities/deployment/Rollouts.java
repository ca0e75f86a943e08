package dev.slipway.activities.deployment;

import dev.slipway.action.FailureType;
import dev.slipway.activities.step.StepContext;
import dev.slipway.activities.target.Target;
import dev.slipway.activities.target.Target.Probe;
import dev.slipway.activities.target.Target.RolloutSettings;
import dev.slipway.environment.Deployment;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.evidence.TestResult;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepOutcome;
import dev.slipway.text.Counted;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What {@code deploy}, {@code rollout} and {@code health_check} have in common. */
final class Rollouts {
  private Rollouts() {}

  /** Finds out what is to be done; while it does, nothing is changed. */
  @FunctionalInterface
  interface Preparation<T> {
    T prepare() throws StepFailedException, InterruptedException;
  }

  static <T> T beforeAnyChange(Preparation<T> work)
      throws StepFailedException, InterruptedException {
    try {
      return work.prepare();
    } catch (StepFailedException e) {
      throw e.beforeAnyChange();
    }
  }

  /** Brings the environment to what the step wants, and looks at every replica once more. */
  static StepOutcome roll(
      Target target, StepContext step, Deployment wanted, RolloutSettings settings)
      throws StepFailedException, InterruptedException {
    var environment = Deployments.environment(step);
    target.apply(environment, wanted, settings, step.environment().fencingToken(), step.log());

    var probe = target.probe(environment, Duration.ZERO, Duration.ofSeconds(1), step.log());
    var url = target.url(environment).toString();
    var evidence = evidence(target, environment, probe);
    refuseProblems(environment, probe, evidence);
    return StepOutcome.of(
            "release %d runs on %s at %s"
                .formatted(
                    wanted.labels().release(), Counted.of(wanted.replicas(), "replica"), url))
        .withEvidence(List.of(evidence))
        .withOutputs(Map.of("url", url, "replicas", Integer.toString(wanted.replicas())));
  }

  /** How a step wants replicas to be replaced. */
  static RolloutSettings settings(StepContext step)
      throws StepFailedException, InterruptedException {
    var usual = RolloutSettings.DEFAULT;
    var settings =
        new RolloutSettings(
            step.params().count("maxSurge", usual.maxSurge()),
            step.params().count("maxUnavailable", usual.maxUnavailable()));
    if (settings.maxSurge() == 0 && settings.maxUnavailable() == 0) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "`maxSurge` and `maxUnavailable` are both 0, which leaves no way to replace a replica",
          "Set one of them to 1 or more.");
    }
    return settings;
  }

  /** The requests of a probe as a test result. */
  static TestResult evidence(Target target, EnvironmentId environment, Probe probe)
      throws StepFailedException, InterruptedException {
    return new TestResult(
        target.url(environment).toString(),
        TestResult.Basis.PROBE,
        probe.passed(),
        probe.failed(),
        0,
        probe.problems());
  }

  static void refuseProblems(EnvironmentId environment, Probe probe, TestResult evidence)
      throws StepFailedException {
    if (!probe.problems().isEmpty()) {
      throw new StepFailedException(
              FailureType.UNHEALTHY,
              environment + " is not healthy: " + String.join("; ", probe.problems()),
              "Look at what the replica printed, and at what its health path checks.")
          .withEvidence(List.of(evidence));
    }
  }
}
