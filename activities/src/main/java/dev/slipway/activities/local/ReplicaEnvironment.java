package dev.slipway.activities.local;

import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.LocalDeployment;
import dev.slipway.step.StepFailedException;
import java.util.Map;

/** What replicas need to know that no pipeline file may hold. */
public interface ReplicaEnvironment {
  /** Nothing. */
  ReplicaEnvironment NONE = (environment, deployment) -> Map.of();

  /**
   * Variables of every replica of this deployment, like the address of its database. They win over
   * the configuration's, so that those whose values refer to secrets can be given here with the
   * references resolved. All values are treated as secrets: in no log, no label and no argument.
   */
  Map<String, String> variables(EnvironmentId environment, LocalDeployment deployment)
      throws StepFailedException, InterruptedException;
}
