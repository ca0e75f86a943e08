package dev.slipway.run;

import dev.slipway.action.FailureType;
import dev.slipway.artifact.ArtifactRef;
import dev.slipway.artifact.Digest;
import dev.slipway.environment.Deployment;
import dev.slipway.environment.EnvironmentActivities.RollbackChoice;
import dev.slipway.environment.EnvironmentActivities.Survey;
import dev.slipway.environment.EnvironmentActivities.SurveyRequest;
import dev.slipway.environment.EnvironmentActivities.WayBack;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.EnvironmentQueues;
import dev.slipway.environment.EnvironmentState;
import dev.slipway.environment.EnvironmentWorkflow;
import dev.slipway.environment.LedgerEntry;
import dev.slipway.environment.LedgerEvent;
import dev.slipway.environment.LedgerHead;
import dev.slipway.environment.LedgerView;
import dev.slipway.environment.LocalDeployment;
import dev.slipway.environment.ReleaseLabels;
import dev.slipway.environment.RollbackDecider;
import dev.slipway.environment.SchemaStanding;
import dev.slipway.environment.StalenessFacts;
import dev.slipway.image.ImageTagging;
import dev.slipway.json.Json;
import dev.slipway.notification.Notification;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.RunId;
import dev.slipway.run.RunActivities.PreparedRun;
import dev.slipway.run.RunActivities.Visibility;
import dev.slipway.run.RunInput.Deliver;
import dev.slipway.run.RunInput.Rollback;
import dev.slipway.source.SourceRef;
import dev.slipway.step.StepFailure;
import dev.slipway.step.StepOutcome;
import dev.slipway.step.StepRequest;
import io.temporal.activity.Activity;
import io.temporal.client.WorkflowOptions;
import io.temporal.failure.ApplicationFailure;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the runs of one application act on in a test: environments, a ledger, and steps that do as
 * they are told.
 */
final class World {
  /** What a step does. */
  interface Work {
    @Nullable StepOutcome perform(StepRequest request) throws InterruptedException;
  }

  /** What steps do, by stage and step; whatever is not here just succeeds. */
  final Map<String, Work> steps = new ConcurrentHashMap<>();

  /** What environments and steps were asked to do, with the task queue, in order. */
  final List<String> arrivals = new CopyOnWriteArrayList<>();

  /** Which steps and undo steps were performed, in order. */
  final List<String> performed = new CopyOnWriteArrayList<>();

  /** The fencing tokens by environment, in order of their use. */
  final Map<String, List<Long>> tokens = new ConcurrentHashMap<>();

  /** Where the ledger had to end when an environment was looked at. */
  final Map<String, List<Optional<LedgerHead>>> heads = new ConcurrentHashMap<>();

  /** How often an environment was looked at. */
  final AtomicInteger surveys = new AtomicInteger();

  /** Lets go what a test made wait for it. */
  final CountDownLatch latch = new CountDownLatch(1);

  /** The tags that images got, in order. */
  final List<ImageTagging> taggings = new CopyOnWriteArrayList<>();

  volatile Optional<Supplier<? extends RuntimeException>> taggingFails = Optional.empty();

  final List<RunState> records = new CopyOnWriteArrayList<>();
  final List<Notification> notifications = new CopyOnWriteArrayList<>();
  final Map<String, EnvironmentState> states = new ConcurrentHashMap<>();

  private final Map<String, List<LedgerEntry>> ledgers = new ConcurrentHashMap<>();
  private final Engine engine;
  private final String application;
  private long lastRun;

  @Nullable Pipeline pipeline = Pipelines.shop();
  Visibility visibility = Visibility.PLAIN;
  EnvironmentQueues queues = EnvironmentQueues.ONE_FOR_ALL;
  volatile StalenessFacts staleness =
      new StalenessFacts(null, true, List.of(), List.of(), null, null);
  volatile SchemaStanding schema = SchemaStanding.NONE;
  volatile Optional<Supplier<? extends RuntimeException>> prepareFails = Optional.empty();
  volatile Optional<Supplier<? extends RuntimeException>> undoFails = Optional.empty();
  volatile Optional<Supplier<? extends RuntimeException>> appendFails = Optional.empty();
  volatile Optional<Supplier<? extends RuntimeException>> surveyFails = Optional.empty();
  volatile Optional<CountDownLatch> surveyWaitsFor = Optional.empty();
  volatile Optional<CountDownLatch> undoWaitsFor = Optional.empty();
  volatile Optional<CountDownLatch> notifyWaitsFor = Optional.empty();

  World(Engine engine, String application) {
    this.engine = engine;
    this.application = application;
    for (var step : List.of("staging/deploy", "production/rollout")) {
      steps.put(step, this::deploys);
    }
  }

  /** Starts the next run. */
  TestRun start() {
    return start(new Deliver("shop", commit(lastRun + 1), "slipway.yaml"));
  }

  /** Starts a rollback of an environment. */
  TestRun rollBack(String environment, @Nullable Long to) {
    return start(new Rollback(id(environment), to));
  }

  private TestRun start(RunInput.Kind kind) {
    var id = new RunId(application, ++lastRun);
    var stub =
        engine
            .client()
            .newUntypedWorkflowStub(
                "Pipeline",
                WorkflowOptions.newBuilder()
                    .setWorkflowId(id.workflowId())
                    .setTaskQueue(PipelineWorkflow.TASK_QUEUE)
                    .build());
    stub.start(new RunInput(id, kind, "ann"));
    return new TestRun(engine, id, stub);
  }

  EnvironmentId id(String environment) {
    return new EnvironmentId(application, environment);
  }

  LedgerView ledger(String environment) {
    return new LedgerView(ledgers.getOrDefault(environment, List.of()));
  }

  List<LedgerEvent> events(String environment) {
    return ledger(environment).entries().stream().map(LedgerEntry::event).toList();
  }

  /** The number of the live release; -1 when none is. */
  long live(String environment) {
    return ledger(environment).liveNumber().orElse(-1L);
  }

  /** The commit that an environment really runs. */
  @Nullable String runs(String environment) {
    var deployed = states.getOrDefault(environment, EnvironmentState.EMPTY).application();
    return deployed == null ? null : deployed.labels().commit();
  }

  EnvironmentWorkflow.State guard(String environment) {
    return engine
        .client()
        .newUntypedWorkflowStub(id(environment).workflowId())
        .query("state", EnvironmentWorkflow.State.class);
  }

  static String commit(long run) {
    return "%040d".formatted(run);
  }

  static Work fails(FailureType type) {
    return request -> {
      throw failure(type);
    };
  }

  /** As the worker says it. */
  static ApplicationFailure failure(FailureType type) {
    return ApplicationFailure.newNonRetryableFailure(
        "it failed", type.name(), StepFailure.of(type, "it failed", "mend it"));
  }

  /** Says that it failed before it changed anything. */
  static Work refuses(FailureType type) {
    return request -> {
      var refusal =
          StepFailure.of(type, "it was refused", "mend it").with(StepFailure.Changes.NONE);
      throw ApplicationFailure.newNonRetryableFailure("it was refused", type.name(), refusal);
    };
  }

  /** Works until it is let go, and can be stopped. */
  static Work waitsFor(CountDownLatch latch) {
    return request -> {
      awaitHeartbeating(latch);
      return StepOutcome.of("done");
    };
  }

  private static void awaitHeartbeating(CountDownLatch latch) {
    try {
      while (!latch.await(10, TimeUnit.MILLISECONDS)) {
        Activity.getExecutionContext().heartbeat("waiting");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(FailureType.CANCELLED);
    }
  }

  /** Works until it is stopped. */
  static Work hangs() {
    return waitsFor(new CountDownLatch(1));
  }

  /** Does one thing after the other, each for one execution, and the last for all further ones. */
  static Work inTurn(Work... works) {
    var turns = new ArrayList<>(List.of(works));
    return request -> {
      Work next;
      synchronized (turns) {
        next = turns.size() > 1 ? turns.removeFirst() : turns.getFirst();
      }
      return next.perform(request);
    };
  }

  /** Answers nothing at all, as a foreign worker may. */
  static @Nullable StepOutcome nothing(StepRequest request) {
    return null;
  }

  static StepOutcome done(StepRequest request) {
    return StepOutcome.of("done " + request.key().step());
  }

  /** What a step does that deploys and whose run is killed before it ends; the next one ends. */
  Work hangsWhenItHasDeployed() {
    return inTurn(
        request -> {
          deploys(request);
          return hangs().perform(request);
        },
        this::deploys);
  }

  /** What a step does that deploys. */
  StepOutcome deploys(StepRequest request) {
    var grant = request.environment();
    if (grant == null || grant.spec().run() == null) {
      throw new IllegalStateException("no environment");
    }
    uses(grant.spec().name(), grant.fencingToken());
    states.put(
        grant.spec().name(),
        new EnvironmentState(
            deployment(grant.spec().name(), request, grant.release()), null, null));
    return StepOutcome.of("deployed");
  }

  private Deployment deployment(String environment, StepRequest request, long release) {
    var artifact = Digest.of(request.source().commit().getBytes(StandardCharsets.UTF_8));
    var run = Pipelines.LOCAL_RUN;
    return new LocalDeployment(
        new ReleaseLabels(
            id(environment),
            release,
            request.key().run(),
            request.source().commit(),
            artifact,
            LocalDeployment.configuration(run, null),
            null),
        new ArtifactRef("backend", artifact, 1),
        run,
        null,
        1);
  }

  private void uses(String environment, long token) {
    tokens.computeIfAbsent(environment, name -> new CopyOnWriteArrayList<>()).add(token);
  }

  void tag(ImageTagging request) {
    performed.add("tag/" + request.step());
    taggings.add(request);
    taggingFails.ifPresent(
        failure -> {
          throw failure.get();
        });
  }

  @Nullable StepOutcome perform(StepRequest request) {
    var name = request.key().stage() + "/" + request.key().step();
    performed.add(name);
    try {
      return steps.getOrDefault(name, World::done).perform(request);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(FailureType.CANCELLED);
    }
  }

  PreparedRun prepare(RunInput input) {
    if (prepareFails.isPresent()) {
      throw prepareFails.get().get();
    }
    var commit = input.kind() instanceof Deliver deliver ? deliver.commit() : commit(0);
    return new PreparedRun(
        new SourceRef("shop", commit, "a change", "Ann <ann@example.com>", Digest.of(new byte[0])),
        pipeline,
        null,
        List.of(),
        visibility,
        queues);
  }

  void record(RunState state) {
    records.add(state);
  }

  void notify(Notification notification) {
    notifyWaitsFor.ifPresent(
        latch -> {
          try {
            latch.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    notifications.add(notification);
  }

  Survey survey(SurveyRequest request) {
    surveys.incrementAndGet();
    surveyWaitsFor.ifPresent(World::awaitHeartbeating);
    if (surveyFails.isPresent()) {
      throw surveyFails.get().get();
    }
    var view = ledger(request.environment().name());
    heads
        .computeIfAbsent(request.environment().name(), name -> new CopyOnWriteArrayList<>())
        .add(Optional.ofNullable(request.head()));
    return new Survey(
        states.getOrDefault(request.environment().name(), EnvironmentState.EMPTY),
        view.liveNumber().orElse(null),
        view.nextNumber(),
        staleness,
        List.of());
  }

  SchemaStanding schemaStanding(WayBack wayBack) {
    performed.add("look/" + wayBack.environment().name());
    return schema;
  }

  void undo(WayBack wayBack, String what, long token) {
    var environment = wayBack.environment().name();
    performed.add("undo/%s/%s".formatted(environment, what));
    uses(environment, token);
    undoWaitsFor.ifPresent(World::awaitHeartbeating);
    if (undoFails.isPresent()) {
      throw undoFails.get().get();
    }
    states.put(environment, wayBack.wanted());
  }

  synchronized LedgerEntry append(EnvironmentId environment, LedgerEvent event) {
    if (appendFails.isPresent() && event instanceof LedgerEvent.Released) {
      throw appendFails.get().get();
    }
    for (var there : ledger(environment.name()).entries()) {
      if (there.event().equals(event)) {
        return there;
      }
    }
    var entries = new ArrayList<>(ledger(environment.name()).entries());
    var entry = new LedgerEntry(entries.size() + 1L, null, Instant.EPOCH, event);
    entries.add(entry);
    ledgers.put(environment.name(), List.copyOf(entries));
    return entry;
  }

  static LedgerHead head(LedgerEntry entry) {
    return new LedgerHead(entry.sequence(), Digest.of(Json.bytes(entry)));
  }

  RollbackChoice chooseRelease(EnvironmentId environment, @Nullable Long to) {
    return RollbackDecider.decide(ledger(environment.name()), environment, to);
  }

  /** Undo steps in the order they were performed. */
  List<String> undone() {
    return performed.stream().filter(each -> each.startsWith("undo/")).toList();
  }

  /** How often a step was performed. */
  long times(String step) {
    return performed.stream().filter(step::equals).count();
  }
}
