package dev.slipway.activities.environment;

import static dev.slipway.activities.environment.ControlledWork.run;

import dev.slipway.activities.duty.Duties;
import dev.slipway.artifact.Digest;
import dev.slipway.environment.Deployment;
import dev.slipway.environment.EnvironmentActivities;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.LedgerEntry;
import dev.slipway.environment.LedgerEvent;
import dev.slipway.environment.LedgerHead;
import dev.slipway.environment.LockMessage;
import dev.slipway.environment.SchemaStanding;
import org.jspecify.annotations.Nullable;

/** Does for the environments that a worker serves what it is asked to, and for no others. */
public final class ServedEnvironments implements EnvironmentActivities {
  private final Duties duties;
  private final EnvironmentActivities control;

  public ServedEnvironments(Duties duties, EnvironmentActivities control) {
    this.duties = duties;
    this.control = control;
  }

  /** A message to a workflow touches no environment. */
  @Override
  public void tell(EnvironmentId environment, LockMessage message) {
    control.tell(environment, message);
  }

  @Override
  public Survey survey(SurveyRequest request) {
    return served(request.environment()).survey(request);
  }

  @Override
  public SchemaStanding schemaStanding(WayBack wayBack) {
    return served(wayBack.environment()).schemaStanding(wayBack);
  }

  @Override
  public void switchAssets(WayBack wayBack, @Nullable Digest manifest, long fencingToken) {
    served(wayBack.environment()).switchAssets(wayBack, manifest, fencingToken);
  }

  @Override
  public void restoreApplication(
      WayBack wayBack, @Nullable Deployment deployment, long fencingToken) {
    served(wayBack.environment()).restoreApplication(wayBack, deployment, fencingToken);
  }

  @Override
  public void migrateDown(WayBack wayBack, String version, long fencingToken) {
    served(wayBack.environment()).migrateDown(wayBack, version, fencingToken);
  }

  @Override
  public LedgerEntry append(
      EnvironmentId environment, LedgerEvent event, @Nullable LedgerHead head) {
    return served(environment).append(environment, event, head);
  }

  @Override
  public RollbackChoice chooseRelease(
      EnvironmentId environment, @Nullable Long to, @Nullable LedgerHead head) {
    return served(environment).chooseRelease(environment, to, head);
  }

  @Override
  public Liveness isRunning(String workflowId) {
    return control.isRunning(workflowId);
  }

  private EnvironmentActivities served(EnvironmentId environment) {
    return run(
        () -> {
          duties.require(environment);
          return control;
        });
  }
}
