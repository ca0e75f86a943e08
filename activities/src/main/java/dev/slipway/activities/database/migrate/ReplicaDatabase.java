package dev.slipway.activities.database.migrate;

import dev.slipway.activities.local.ReplicaEnvironment;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.LocalDeployment;
import dev.slipway.step.StepFailedException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells replicas the address of their database, and the secrets that their variables refer to. */
public final class ReplicaDatabase implements ReplicaEnvironment {
  /** The variable with the database's address and login. */
  public static final String VARIABLE = "DATABASE_URL";

  private final EnvironmentDatabases databases;

  public ReplicaDatabase(EnvironmentDatabases databases) {
    this.databases = databases;
  }

  @Override
  public Map<String, String> variables(EnvironmentId environment, LocalDeployment deployment)
      throws StepFailedException, InterruptedException {
    var variables = new LinkedHashMap<String, String>();
    for (var variable : deployment.run().env().entrySet()) {
      var finished = databases.finished(environment, variable.getValue());
      if (!finished.equals(variable.getValue())) {
        variables.put(variable.getKey(), finished);
      }
    }
    databases
        .find(environment, deployment.database())
        .ifPresent(database -> variables.put(VARIABLE, database.url()));
    return variables;
  }
}
