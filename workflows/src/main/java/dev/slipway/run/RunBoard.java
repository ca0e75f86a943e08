package dev.slipway.run;

import dev.slipway.approval.Decision;
import dev.slipway.approval.Question;
import dev.slipway.artifact.Digest;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.EnvironmentQueue;
import dev.slipway.environment.EnvironmentQueues;
import dev.slipway.environment.WatchedQueue;
import dev.slipway.notification.Notices;
import dev.slipway.notification.RunEvent;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.RunId;
import dev.slipway.pipeline.Webhook;
import dev.slipway.run.RunActivities.Visibility;
import dev.slipway.run.RunInput.Deliver;
import dev.slipway.run.RunInput.Rollback;
import dev.slipway.source.SourceRef;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.SearchAttributeUpdate;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where a run stands, and who is told of it. Only workflow code touches it. */
final class RunBoard {
  private static final int MOST_EVENTS = 200;
  private static final int LONGEST_EVENT = 1_000;

  private final RunInput input;
  private final Instant startedAt = now();
  private final List<StageBoard> stages = new ArrayList<>();
  private final List<Decision> decisions = new ArrayList<>();
  private final List<RunEvent> events = new ArrayList<>();
  private final Notices notices = new Notices();
  private List<Webhook> webhooks = List.of();
  private List<String> problems = List.of();
  private List<String> databases = List.of();
  private Visibility visibility = Visibility.PLAIN;
  private EnvironmentQueues queues = EnvironmentQueues.ONE_FOR_ALL;
  private final Lacks lacking = new Lacks();
  private RunStatus status = RunStatus.RUNNING;
  private RunStatus beforeQuestion = RunStatus.RUNNING;
  private int told;
  private final Set<RunEvent.Kind> toldKinds = EnumSet.noneOf(RunEvent.Kind.class);
  private @Nullable String reason;
  private @Nullable SourceRef source;
  private @Nullable Digest pipelineFile;
  private @Nullable Instant endedAt;
  private @Nullable Question question;

  RunBoard(RunInput input) {
    this.input = input;
  }

  RunId id() {
    return input.id();
  }

  String startedBy() {
    return input.by();
  }

  RunState state() {
    return new RunState(
        input.id(),
        input.kind(),
        input.by(),
        status,
        reason(),
        problems,
        source,
        startedAt,
        endedAt,
        stages.stream().map(StageBoard::state).toList(),
        question,
        List.copyOf(decisions),
        List.copyOf(events));
  }

  void prepared(@Nullable SourceRef commit, List<String> found) {
    source = commit;
    problems = List.copyOf(found);
  }

  private @Nullable String reason() {
    if (lacking.isEmpty()) {
      return reason;
    }
    var waits = "waits for " + lacking;
    return reason == null ? waits : "%s; %s".formatted(reason, waits);
  }

  /** From now on the work for environments goes to these; null when an older worker did not say. */
  void uses(@Nullable EnvironmentQueues known) {
    queues = Objects.requireNonNullElse(known, EnvironmentQueues.ONE_FOR_ALL);
  }

  /** Where an environment's work is done; people are told when nobody is there to do it. */
  EnvironmentQueue queue(EnvironmentId environment) {
    return new EnvironmentQueue(environment, queues, new Lookout());
  }

  /**
   * Has a step done on the queue of builds, whose workers are watched where they need not be there.
   *
   * @param longest for which it waits in vain for a worker
   */
  <T extends @Nullable Object> T build(
      ActivityOptions usual, Duration longest, Function<ActivityOptions, T> work) {
    return queues == EnvironmentQueues.ONE_FOR_ALL
        ? work.apply(usual)
        : new WatchedQueue(PipelineWorkflow.BUILD_QUEUE, "free worker", "build", new Lookout())
            .perform(usual, longest, work);
  }

  /** That a way back can't go on is told through every webhook; a delivery just ends. */
  private final class Lookout implements EnvironmentQueue.Watcher {
    @Override
    public void waitsFor(String what) {
      lacking.add(what);
      tells(
          status == RunStatus.ROLLING_BACK ? RunEvent.Kind.ROLLING_BACK : RunEvent.Kind.NOTE,
          "waits for " + what);
    }

    @Override
    public void hasStoppedWaitingFor(String what) {
      lacking.remove(what);
      shows();
    }
  }

  /** From now on the engine's search attributes are set, if it knows them. */
  void isVisible(Visibility known) {
    visibility = known;
    if (visibility == Visibility.SEARCHABLE) {
      Workflow.upsertTypedSearchAttributes(
          SearchAttributes.APPLICATION.valueSet(id().application()), whatItIsAbout());
    }
  }

  private SearchAttributeUpdate<String> whatItIsAbout() {
    return switch (input.kind()) {
      case Deliver ignored -> SearchAttributes.COMMIT.valueSet(source().commit());
      case Rollback(var environment, var ignored) ->
          SearchAttributes.ENVIRONMENT.valueSet(environment.name());
    };
  }

  /** From now on people are told through these. */
  void tellsTo(List<Webhook> theirs) {
    webhooks = List.copyOf(theirs);
  }

  /** Who is told. */
  List<Webhook> webhooks() {
    return webhooks;
  }

  /**
   * Takes over what the run will do.
   *
   * @param file the digest of the file that says it; null when an older worker did not say
   */
  void plans(Pipeline pipeline, @Nullable Digest file) {
    pipelineFile = file;
    tellsTo(pipeline.webhooks());
    databases =
        pipeline.environments().stream()
            .filter(environment -> environment.database() != null)
            .map(EnvironmentSpec::name)
            .toList();
    pipeline.stages().forEach(stage -> stages.add(new StageBoard(stage)));
  }

  /** The digest of the pipeline file, if it is known. */
  @Nullable Digest pipelineFile() {
    return pipelineFile;
  }

  /** The environments of the plan that have a database. */
  List<String> databases() {
    return databases;
  }

  List<StageBoard> stages() {
    return stages;
  }

  StageBoard stage(String name) {
    return stages.stream()
        .filter(each -> each.stage().name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("there is no stage " + name));
  }

  /** A stage begins; runs are found by it. */
  void begins(StageBoard begun) {
    if (visibility == Visibility.SEARCHABLE) {
      var environment = begun.stage().environment();
      var stage = SearchAttributes.STAGE.valueSet(begun.stage().name());
      if (environment == null) {
        Workflow.upsertTypedSearchAttributes(stage);
      } else {
        Workflow.upsertTypedSearchAttributes(
            stage, SearchAttributes.ENVIRONMENT.valueSet(environment));
      }
    }
  }

  SourceRef source() {
    if (source == null) {
      throw new IllegalStateException("the commit is not in the store yet");
    }
    return source;
  }

  /** A question is open, or none is any more. */
  void asks(@Nullable Question open) {
    if (question == null && open != null) {
      beforeQuestion = status;
    }
    question = open;
    status = open == null ? beforeQuestion : RunStatus.WAITING;
    shows();
  }

  void decided(Decision decision) {
    decisions.add(decision);
  }

  void is(RunStatus now, @Nullable String why) {
    status = now;
    beforeQuestion = now;
    reason = why;
    if (now.isOutcome()) {
      endedAt = now();
      if (visibility == Visibility.SEARCHABLE) {
        Workflow.upsertTypedSearchAttributes(SearchAttributes.OUTCOME.valueSet(now.text()));
      }
    }
    shows();
  }

  /** Tells the run's outcome, unless it was told when it happened. */
  void tellsOutcome(RunEvent.Kind kind, String text) {
    if (!toldKinds.contains(kind)) {
      tells(kind, text);
    }
  }

  /** Tells people something, through every webhook as well. */
  void tells(RunEvent.Kind kind, String text) {
    var event = new RunEvent(now(), kind, cut(text));
    if (events.size() == MOST_EVENTS) {
      events.removeFirst();
    }
    events.add(event);
    shows();
    told++;
    toldKinds.add(kind);
    if (kind != RunEvent.Kind.NOTE) {
      notices.tell(
          webhooks,
          "%s/%d".formatted(id(), told),
          id(),
          source == null ? null : source.commit(),
          event);
    }
  }

  /** Waits until every notification's own workflow has begun, so that the run may close. */
  void awaitsDeliveries() {
    notices.awaitBegun();
  }

  /** Shows the run in the Temporal Web UI. */
  void shows() {
    Workflow.setCurrentDetails(RunMarkdown.of(state()));
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_EVENT ? text : text.substring(0, LONGEST_EVENT) + "…";
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
