package dev.slipway.activities.run;

import static dev.slipway.activities.environment.ControlledWork.run;

import dev.slipway.action.ActionCatalog;
import dev.slipway.action.FailureType;
import dev.slipway.activities.git.Git;
import dev.slipway.activities.git.GitMirror;
import dev.slipway.activities.home.Home;
import dev.slipway.activities.store.Store;
import dev.slipway.environment.EnvironmentQueues;
import dev.slipway.json.Json;
import dev.slipway.notification.Notification;
import dev.slipway.notification.NotificationActivities;
import dev.slipway.pipeline.RunId;
import dev.slipway.pipeline.file.PipelineFile;
import dev.slipway.pipeline.file.PipelineFile.Invalid;
import dev.slipway.pipeline.file.PipelineFile.Valid;
import dev.slipway.pipeline.problem.ProblemText;
import dev.slipway.run.RunActivities;
import dev.slipway.run.RunInput;
import dev.slipway.run.RunInput.Deliver;
import dev.slipway.run.RunInput.Rollback;
import dev.slipway.run.RunRecord;
import dev.slipway.run.RunState;
import dev.slipway.source.SourceRef;
import dev.slipway.step.StepFailedException;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Does for runs what is no step. */
public final class RunControl implements RunActivities, NotificationActivities {
  private final Home home;
  private final Store store;
  private final Git git;
  private final Webhooks webhooks;
  private final Visibility visibility;
  private final EnvironmentQueues queues;

  /** Posts to webhooks. */
  @FunctionalInterface
  public interface Webhooks {
    /**
     * Posts once.
     *
     * @param url may refer to secrets
     * @param key the same for each delivery of the same event
     */
    void post(String url, byte[] json, String key) throws StepFailedException, InterruptedException;
  }

  public RunControl(
      Home home,
      Store store,
      Git git,
      Webhooks webhooks,
      Visibility visibility,
      EnvironmentQueues queues) {
    this.home = home;
    this.store = store;
    this.git = git;
    this.webhooks = webhooks;
    this.visibility = visibility;
    this.queues = queues;
  }

  @Override
  public PreparedRun prepare(RunInput input) {
    return switch (input.kind()) {
      case Deliver wish -> run(() -> prepare(input.id(), wish));
      case Rollback ignored ->
          throw ApplicationFailure.newNonRetryableFailure(
              "a rollback has no commit to prepare", FailureType.CONFIGURATION.name());
    };
  }

  private PreparedRun prepare(RunId id, Deliver wish)
      throws StepFailedException, InterruptedException {
    var mirror = GitMirror.open(git, home.mirror(id.application()));
    var commit = mirror.fetch(wish.repository(), wish.commit());
    var text = mirror.file(commit.hash(), wish.file(), PipelineFile.ENOUGH_BYTES);
    var file = PipelineFile.parse(text, ActionCatalog.builtIn(), id.application());
    var source =
        new SourceRef(
            wish.repository(),
            commit.hash(),
            commit.subject(),
            commit.author(),
            mirror.archive(commit.hash(), store));
    var problems =
        file.problems().isEmpty()
            ? List.<String>of()
            : List.of(ProblemText.render(wish.file(), text, file.problems()));
    return switch (file) {
      case Valid(var pipeline, var ignored, var digest) ->
          new PreparedRun(source, pipeline, digest, problems, visibility, queues);
      case Invalid ignored -> new PreparedRun(source, null, null, problems, visibility, queues);
    };
  }

  @Override
  public Visibility visibility() {
    return visibility;
  }

  @Override
  public EnvironmentQueues environmentQueues() {
    return queues;
  }

  @Override
  public void record(RunState state) {
    run(() -> store.create(RunRecord.stateName(state.id()), Json.bytes(state)));
  }

  @Override
  public void notify(Notification notification) {
    run(
        () -> {
          webhooks.post(
              notification.url(), Json.bytes(Message.of(notification)), notification.key());
          return true;
        });
  }

  /** What a webhook gets. */
  private record Message(
      String key, String run, @Nullable String commit, String kind, String text, Instant at) {
    static Message of(Notification notification) {
      var event = notification.event();
      return new Message(
          notification.key(),
          notification.run().toString(),
          notification.commit(),
          event.kind().name(),
          event.text(),
          event.at());
    }
  }
}
