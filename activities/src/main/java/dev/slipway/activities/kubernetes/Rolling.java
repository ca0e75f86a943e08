package dev.slipway.activities.kubernetes;

import dev.slipway.activities.target.Target.RolloutSettings;
import dev.slipway.environment.KubernetesDeployment;
import dev.slipway.step.StepFailedException;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Optional;

/** Brings Deployments to what is wanted, and follows them until they are. */
final class Rolling {
  private final Change change;

  Rolling(Change change) {
    this.change = change;
  }

  /** The Deployment that serves, to a release. */
  Deployment to(KubernetesDeployment release, RolloutSettings settings)
      throws StepFailedException, InterruptedException {
    var applying = new Applying(change.cluster(), change.namespace(), change.log());
    return until(
        () ->
            applying.release(
                change.environment(),
                release,
                Optional.empty(),
                settings,
                change.fence(),
                change.token()));
  }

  /** Writes what is wanted, and answers what was taken. */
  @FunctionalInterface
  interface Write {
    Deployment written() throws StepFailedException, InterruptedException;
  }

  /** Returns when what was written is complete; whoever writes over it is met at the fence. */
  Deployment until(Write write) throws StepFailedException, InterruptedException {
    while (true) {
      var written = write.written();
      switch (change.watch().await(written)) {
        case RolloutWatch.End.Complete _ -> {
          return written;
        }
        case RolloutWatch.End.Overwritten _ ->
            change.log().line("another release was written over this one; looks who may");
      }
    }
  }
}
