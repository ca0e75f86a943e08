package dev.slipway.activities.deployment;

import dev.slipway.action.FailureType;
import dev.slipway.activities.step.StepContext;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.LocalDeployment;
import dev.slipway.environment.ReleaseLabels;
import dev.slipway.step.StepFailedException;

/** What a step wants to run, put together from its request and its environment. */
final class Deployments {
  private Deployments() {}

  /** The environment that the step changes. */
  static EnvironmentId environment(StepContext step) throws StepFailedException {
    return new EnvironmentId(step.request().key().application(), step.environment().spec().name());
  }

  /** The release that the step deploys, with its labels. */
  static LocalDeployment wanted(StepContext step) throws StepFailedException, InterruptedException {
    var grant = step.environment();
    var spec = grant.spec();
    var run = spec.run();
    if (run == null) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "environment `" + spec.name() + "` does not say how its application runs",
          "Give it `run` with a `command`.");
    }
    var artifact = step.artifact(step.params().required("artifact"));
    return new LocalDeployment(
        new ReleaseLabels(
            environment(step),
            grant.release(),
            step.request().key().run(),
            step.request().source().commit(),
            artifact.digest(),
            LocalDeployment.configuration(run, spec.database()),
            grant.approver()),
        artifact,
        run,
        spec.database(),
        step.params().count("replicas", run.replicas()));
  }
}
