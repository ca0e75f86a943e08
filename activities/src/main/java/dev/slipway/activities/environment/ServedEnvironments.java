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
import dev.slipway.pipeline.EnvironmentSpec;
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
    return served(request.environment(), request.spec(), null).survey(request);
  }

  @Override
  public SchemaStanding schemaStanding(WayBack wayBack) {
    return served(wayBack).schemaStanding(wayBack);
  }

  @Override
  public void switchAssets(WayBack wayBack, @Nullable Digest manifest, long fencingToken) {
    served(wayBack).switchAssets(wayBack, manifest, fencingToken);
  }

  @Override
  public void restoreApplication(
      WayBack wayBack, @Nullable Deployment deployment, long fencingToken) {
    served(wayBack.environment(), wayBack.spec(), deployment)
        .restoreApplication(wayBack, deployment, fencingToken);
  }

  @Override
  public void migrateDown(WayBack wayBack, String version, long fencingToken) {
    served(wayBack).migrateDown(wayBack, version, fencingToken);
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

  private EnvironmentActivities served(WayBack wayBack) {
    return served(wayBack.environment(), wayBack.spec(), wayBack.wanted().application());
  }

  private EnvironmentActivities served(
      EnvironmentId environment, EnvironmentSpec spec, @Nullable Deployment again) {
    return run(
        () -> {
          duties.require(environment);
          duties.requireOnMachine(spec);
          duties.requireOnMachine(again);
          return control;
        });
  }

  private EnvironmentActivities served(EnvironmentId environment) {
    return run(
        () -> {
          duties.require(environment);
          return control;
        });
  }
}
