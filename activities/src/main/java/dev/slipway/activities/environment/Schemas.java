package dev.slipway.activities.environment;

import dev.slipway.activities.step.StepLog;
import dev.slipway.environment.EnvironmentActivities.WayBack;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.SchemaStanding;
import dev.slipway.environment.SchemaState;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.step.StepFailedException;
import java.util.Optional;

/** What surveys and ways back need of an environment's database. */
public interface Schemas {
  /** The schema as it is; empty when the environment has no database. */
  Optional<SchemaState> state(EnvironmentId environment, EnvironmentSpec spec)
      throws StepFailedException, InterruptedException;

  /** How the schema stands to an earlier state. */
  SchemaStanding standing(WayBack wayBack) throws StepFailedException, InterruptedException;

  /** Takes the schema down by the recorded downs; nothing to do when it is there already. */
  void migrateDown(WayBack wayBack, String version, long fencingToken, StepLog log)
      throws StepFailedException, InterruptedException;
}
