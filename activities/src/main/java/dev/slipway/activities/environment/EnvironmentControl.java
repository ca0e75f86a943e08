package dev.slipway.activities.environment;

import static dev.slipway.activities.environment.ControlledWork.run;

import dev.slipway.activities.git.Git;
import dev.slipway.activities.git.GitMirror;
import dev.slipway.activities.home.Home;
import dev.slipway.activities.store.Store;
import dev.slipway.activities.target.Target.RolloutSettings;
import dev.slipway.activities.target.Targets;
import dev.slipway.artifact.Digest;
import dev.slipway.environment.Deployment;
import dev.slipway.environment.EnvironmentActivities;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.EnvironmentWorkflow;
import dev.slipway.environment.LedgerEntry;
import dev.slipway.environment.LedgerEvent;
import dev.slipway.environment.LedgerHead;
import dev.slipway.environment.LockMessage;
import dev.slipway.environment.LockQueue;
import dev.slipway.environment.RollbackDecider;
import dev.slipway.environment.SchemaStanding;
import dev.slipway.run.PipelineWorkflow;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Does for environments what their workflows decide. */
public final class EnvironmentControl implements EnvironmentActivities {
  private final WorkflowClient client;
  private final Home home;
  private final Store store;
  private final Git git;
  private final Targets targets;
  private final Schemas schemas;
  private final Ledger ledger;
  private final Surveyor surveyor;
  private final InstantSource clock;

  public EnvironmentControl(
      WorkflowClient client,
      Home home,
      Store store,
      Git git,
      Targets targets,
      Schemas schemas,
      InstantSource clock) {
    this.client = client;
    this.home = home;
    this.store = store;
    this.git = git;
    this.targets = targets;
    this.schemas = schemas;
    this.clock = clock;
    this.ledger = new Ledger(store, clock);
    this.surveyor = new Surveyor(targets, schemas, ledger, clock);
  }

  @Override
  public void tell(EnvironmentId environment, LockMessage message) {
    // Fencing tokens rise with the grants, also when an engine was lost and another begins anew.
    var nobody = new LockQueue(clock.instant().getEpochSecond(), null, List.of(), null);
    client
        .newUntypedWorkflowStub(
            EnvironmentWorkflow.TYPE,
            WorkflowOptions.newBuilder()
                .setWorkflowId(environment.workflowId())
                .setTaskQueue(PipelineWorkflow.TASK_QUEUE)
                .setStaticSummary("Guards " + environment)
                .build())
        .signalWithStart(
            EnvironmentWorkflow.LOCK_SIGNAL,
            new Object[] {message},
            new Object[] {EnvironmentWorkflow.Input.first(environment, nobody)});
  }

  @Override
  public Survey survey(SurveyRequest request) {
    return run(
        () ->
            surveyor.survey(
                request, GitMirror.open(git, home.mirror(request.environment().application()))));
  }

  @Override
  public SchemaStanding schemaStanding(WayBack wayBack) {
    return run(() -> schemas.standing(wayBack));
  }

  @Override
  public void switchAssets(WayBack wayBack, @Nullable Digest manifest, long fencingToken) {
    logged(
        wayBack,
        log -> {
          log.line(manifest == null ? "withdrawing the frontend" : "frontend back to " + manifest);
          targets
              .of(wayBack.spec())
              .publish(wayBack.environment(), Optional.ofNullable(manifest), fencingToken, log);
        });
  }

  @Override
  public void restoreApplication(
      WayBack wayBack, @Nullable Deployment deployment, long fencingToken) {
    logged(
        wayBack,
        log -> {
          var target = targets.of(wayBack.spec());
          if (deployment == null) {
            log.line("stopping the application: nothing ran here before");
            target.stop(wayBack.environment(), fencingToken, log);
          } else {
            log.line("application back to release " + deployment.labels().release());
            target.apply(
                wayBack.environment(), deployment, RolloutSettings.DEFAULT, fencingToken, log);
          }
        });
  }

  @Override
  public void migrateDown(WayBack wayBack, String version, long fencingToken) {
    logged(
        wayBack,
        log -> {
          log.line("schema down to version " + version);
          schemas.migrateDown(wayBack, version, fencingToken, log);
        });
  }

  @Override
  public LedgerEntry append(
      EnvironmentId environment, LedgerEvent event, @Nullable LedgerHead head) {
    return run(
        () -> {
          var appended = ledger.append(environment, event, head);
          tell(environment, new LockMessage.Recorded(appended.head()));
          return appended.entry();
        });
  }

  @Override
  public RollbackChoice chooseRelease(
      EnvironmentId environment, @Nullable Long to, @Nullable LedgerHead head) {
    return run(() -> RollbackDecider.decide(ledger.view(environment, head), environment, to));
  }

  @Override
  public Liveness isRunning(String workflowId) {
    try {
      return client.newUntypedWorkflowStub(workflowId).describe().getStatus()
              == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING
          ? Liveness.RUNNING
          : Liveness.ENDED;
    } catch (WorkflowNotFoundException gone) {
      return Liveness.ENDED;
    }
  }

  private interface LoggedWork {
    void run(ControlLog log)
        throws dev.slipway.step.StepFailedException, InterruptedException, IOException;
  }

  private void logged(WayBack wayBack, LoggedWork work) {
    run(
        () -> {
          try (var log = new ControlLog(store, wayBack.logName(), clock)) {
            work.run(log);
          }
          return Optional.empty();
        });
  }
}
