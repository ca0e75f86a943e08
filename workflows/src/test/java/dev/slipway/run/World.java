package dev.slipway.run;

import dev.slipway.artifact.ArtifactRef;
import dev.slipway.artifact.Digest;
import dev.slipway.environment.Deployment;
import dev.slipway.environment.EnvironmentActivities;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.EnvironmentState;
import dev.slipway.environment.EnvironmentWorkflow;
import dev.slipway.environment.LedgerEntry;
import dev.slipway.environment.LedgerEvent;
import dev.slipway.environment.LedgerView;
import dev.slipway.environment.LockMessage;
import dev.slipway.environment.LockQueue;
import dev.slipway.environment.ReleaseLabels;
import dev.slipway.environment.SchemaStanding;
import dev.slipway.environment.StalenessFacts;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.source.SourceRef;
import dev.slipway.step.StepOutcome;
import dev.slipway.step.StepRequest;
import io.temporal.activity.Activity;
import io.temporal.activity.DynamicActivity;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What runs act on in these tests: environments, a ledger and steps that do as they are told. */
final class World implements RunActivities, EnvironmentActivities {
  final Map<String, Function<StepRequest, StepOutcome>> steps = new ConcurrentHashMap<>();
  final List<String> performed = new CopyOnWriteArrayList<>();
  final List<RunState> records = new CopyOnWriteArrayList<>();
  final List<Notification> notifications = new CopyOnWriteArrayList<>();
  final Map<EnvironmentId, EnvironmentState> states = new ConcurrentHashMap<>();
  final Map<EnvironmentId, SchemaStanding> schemas = new ConcurrentHashMap<>();
  final Map<EnvironmentId, List<LedgerEntry>> ledgers = new ConcurrentHashMap<>();
  final Map<Long, String> commits = new ConcurrentHashMap<>();
  volatile Function<RunInput, Pipeline> pipelines;
  volatile @Nullable Function<String, RuntimeException> undoFailure;
  private final WorkflowClient client;

  World(WorkflowClient client, Pipeline pipeline) {
    this.client = client;
    this.pipelines = input -> pipeline;
  }

  LedgerView ledger(String environment) {
    return new LedgerView(ledgers.getOrDefault(new EnvironmentId("shop", environment), List.of()));
  }

  /** Performs steps. */
  DynamicActivity stepWorker() {
    return args -> perform(args.get(0, StepRequest.class));
  }

  private StepOutcome perform(StepRequest request) {
    var name = request.key().stage() + "/" + request.key().step();
    performed.add(name);
    var step = steps.get(name);
    return step == null ? StepOutcome.of("done") : step.apply(request);
  }

  /** What a step does that deploys. */
  StepOutcome deploys(StepRequest request) {
    var grant = request.environment();
    if (grant == null || grant.spec().run() == null) {
      throw new IllegalStateException("no environment");
    }
    var id = new EnvironmentId(request.key().application(), grant.spec().name());
    var artifact =
        Digest.of(request.source().commit().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    var labels =
        new ReleaseLabels(
            id,
            grant.release(),
            request.key().run(),
            request.source().commit(),
            artifact,
            Deployment.configuration(grant.spec().run(), grant.spec().database()),
            grant.approver());
    states.put(
        id,
        new EnvironmentState(
            new Deployment(
                labels,
                new ArtifactRef("backend", artifact, 1),
                grant.spec().run(),
                grant.spec().database(),
                1),
            null,
            null));
    return StepOutcome.of("deployed");
  }

  @Override
  public PreparedRun prepare(RunInput input) {
    var commit =
        input.kind() instanceof RunInput.Deliver deliver ? deliver.commit() : "0".repeat(40);
    commits.put(input.id().number(), commit);
    return new PreparedRun(
        new SourceRef("shop", commit, "a change", "Ann <ann@example.com>", Digest.of(new byte[0])),
        pipelines.apply(input),
        null,
        List.of(),
        Visibility.PLAIN);
  }

  @Override
  public void record(RunState state) {
    records.add(state);
  }

  @Override
  public void notify(Notification notification) {
    notifications.add(notification);
  }

  @Override
  public void tell(EnvironmentId environment, LockMessage message) {
    WorkflowStub stub =
        client.newUntypedWorkflowStub(
            EnvironmentWorkflow.TYPE,
            WorkflowOptions.newBuilder()
                .setWorkflowId(environment.workflowId())
                .setTaskQueue(PipelineWorkflow.TASK_QUEUE)
                .build());
    stub.signalWithStart(
        EnvironmentWorkflow.LOCK_SIGNAL,
        new Object[] {message},
        new Object[] {new EnvironmentWorkflow.Input(environment, LockQueue.EMPTY)});
  }

  @Override
  public Survey survey(SurveyRequest request) {
    var view = ledger(request.environment().name());
    return new Survey(
        states.getOrDefault(request.environment(), EnvironmentState.EMPTY),
        view.liveNumber().orElse(null),
        view.nextNumber(),
        new StalenessFacts(null, true, List.of(), List.of(), null),
        List.of());
  }

  @Override
  public SchemaStanding schemaStanding(WayBack wayBack) {
    return schemas.getOrDefault(wayBack.environment(), SchemaStanding.NONE);
  }

  @Override
  public void switchAssets(WayBack wayBack, @Nullable Digest manifest, long fencingToken) {
    performed.add("undo/assets/" + wayBack.environment().name());
  }

  @Override
  public void restoreApplication(
      WayBack wayBack, @Nullable Deployment deployment, long fencingToken) {
    performed.add("undo/application/" + wayBack.environment().name());
    var failure = undoFailure;
    if (failure != null) {
      throw failure.apply(wayBack.environment().name());
    }
    states.put(wayBack.environment(), wayBack.wanted());
  }

  @Override
  public void migrateDown(WayBack wayBack, String version, long fencingToken) {
    performed.add("undo/schema/" + wayBack.environment().name() + "/" + version);
  }

  @Override
  public synchronized LedgerEntry append(EnvironmentId environment, LedgerEvent event) {
    var entries = new ArrayList<>(ledgers.getOrDefault(environment, List.of()));
    var entry = new LedgerEntry(entries.size() + 1L, null, Instant.EPOCH, event);
    entries.add(entry);
    ledgers.put(environment, List.copyOf(entries));
    return entry;
  }

  @Override
  public RollbackChoice chooseRelease(EnvironmentId environment, @Nullable Long to) {
    var view = ledger(environment.name());
    var live = view.live().orElse(null);
    var target =
        live == null
            ? null
            : (to == null ? view.lastGoodBefore(live.number()) : view.release(to)).orElse(null);
    return new RollbackChoice(live, target, target == null ? "no way back" : null);
  }

  @Override
  public Liveness isRunning(String workflowId) {
    var status = client.newUntypedWorkflowStub(workflowId).describe().getStatus();
    Activity.getExecutionContext().getInfo();
    return status.name().endsWith("RUNNING") ? Liveness.RUNNING : Liveness.ENDED;
  }

  /** A copy of what lives. */
  Map<String, Long> live() {
    var live = new HashMap<String, Long>();
    ledgers.forEach(
        (id, entries) ->
            new LedgerView(entries).liveNumber().ifPresent(number -> live.put(id.name(), number)));
    return live;
  }
}
