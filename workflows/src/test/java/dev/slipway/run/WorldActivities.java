package dev.slipway.run;

import dev.slipway.artifact.Digest;
import dev.slipway.environment.Deployment;
import dev.slipway.environment.EnvironmentActivities;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.EnvironmentQueues;
import dev.slipway.environment.EnvironmentWorkflow;
import dev.slipway.environment.LedgerEntry;
import dev.slipway.environment.LedgerEvent;
import dev.slipway.environment.LedgerHead;
import dev.slipway.environment.LockMessage;
import dev.slipway.environment.LockQueue;
import dev.slipway.environment.SchemaStanding;
import dev.slipway.image.ImageActivities;
import dev.slipway.image.ImageTagging;
import dev.slipway.notification.Notification;
import dev.slipway.notification.NotificationActivities;
import dev.slipway.pipeline.RunId;
import dev.slipway.step.StepRequest;
import io.temporal.activity.Activity;
import io.temporal.activity.DynamicActivity;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Activities that act on the {@link World} of the application they are called for. */
final class WorldActivities
    implements RunActivities, NotificationActivities, EnvironmentActivities, ImageActivities {
  private final Engine engine;
  private final Supplier<String> called;

  /**
   * @param called names the call that is being answered, by its task queue and type
   */
  WorldActivities(Engine engine, Supplier<String> called) {
    this.engine = engine;
    this.called = called;
  }

  /** Performs steps of every action. */
  DynamicActivity steps() {
    return args -> {
      var request = args.get(0, StepRequest.class);
      return arrived(engine.world(request.key().application())).perform(request);
    };
  }

  private World world(EnvironmentId environment) {
    return arrived(engine.world(environment.application()));
  }

  private World arrived(World world) {
    world.arrivals.add(called.get());
    return world;
  }

  @Override
  public PreparedRun prepare(RunInput input) {
    return engine.world(input.id().application()).prepare(input);
  }

  @Override
  public Visibility visibility() {
    return worldOfRun().visibility;
  }

  @Override
  public EnvironmentQueues environmentQueues() {
    return worldOfRun().queues;
  }

  private World worldOfRun() {
    var workflow = Objects.requireNonNull(Activity.getExecutionContext().getInfo().getWorkflowId());
    return engine.world(RunId.parse(workflow).orElseThrow().application());
  }

  @Override
  public void record(RunState state) {
    engine.world(state.id().application()).record(state);
  }

  @Override
  public void notify(Notification notification) {
    engine.world(notification.run().application()).notify(notification);
  }

  @Override
  public void tag(ImageTagging request) {
    engine.world(request.run().application()).tag(request);
  }

  @Override
  public void tell(EnvironmentId environment, LockMessage message) {
    engine
        .client()
        .newUntypedWorkflowStub(
            EnvironmentWorkflow.TYPE,
            WorkflowOptions.newBuilder()
                .setWorkflowId(environment.workflowId())
                .setTaskQueue(PipelineWorkflow.TASK_QUEUE)
                .build())
        .signalWithStart(
            EnvironmentWorkflow.LOCK_SIGNAL,
            new Object[] {message},
            new Object[] {EnvironmentWorkflow.Input.first(environment, LockQueue.EMPTY)});
  }

  @Override
  public Survey survey(SurveyRequest request) {
    return world(request.environment()).survey(request);
  }

  @Override
  public SchemaStanding schemaStanding(WayBack wayBack) {
    return world(wayBack.environment()).schemaStanding(wayBack);
  }

  @Override
  public void switchAssets(WayBack wayBack, @Nullable Digest manifest, long fencingToken) {
    world(wayBack.environment()).undo(wayBack, "assets", fencingToken);
  }

  @Override
  public void restoreApplication(
      WayBack wayBack, @Nullable Deployment deployment, long fencingToken) {
    world(wayBack.environment()).undo(wayBack, "application", fencingToken);
  }

  @Override
  public void migrateDown(WayBack wayBack, String version, long fencingToken) {
    world(wayBack.environment()).undo(wayBack, "schema to " + version, fencingToken);
  }

  @Override
  public LedgerEntry append(
      EnvironmentId environment, LedgerEvent event, @Nullable LedgerHead head) {
    var entry = world(environment).append(environment, event);
    tell(environment, new LockMessage.Recorded(World.head(entry)));
    return entry;
  }

  @Override
  public RollbackChoice chooseRelease(
      EnvironmentId environment, @Nullable Long to, @Nullable LedgerHead head) {
    return world(environment).chooseRelease(environment, to);
  }

  @Override
  public Liveness isRunning(String workflowId) {
    try {
      return engine
              .client()
              .newUntypedWorkflowStub(workflowId)
              .describe()
              .getStatus()
              .name()
              .endsWith("RUNNING")
          ? Liveness.RUNNING
          : Liveness.ENDED;
    } catch (WorkflowNotFoundException gone) {
      return Liveness.ENDED;
    }
  }
}
