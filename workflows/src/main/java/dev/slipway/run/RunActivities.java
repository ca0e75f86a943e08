package dev.slipway.run;

import dev.slipway.artifact.Digest;
import dev.slipway.environment.EnvironmentQueues;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.source.SourceRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run needs done besides its steps. Every method is idempotent. */
@ActivityInterface
public interface RunActivities {
  /** Puts the commit into the store and freezes its pipeline. */
  @ActivityMethod(name = "run_prepare")
  PreparedRun prepare(RunInput input);

  /** Whether the engine knows our search attributes. */
  @ActivityMethod(name = "run_visibility")
  Visibility visibility();

  /** Which task queues the work of environments goes to. */
  @ActivityMethod(name = "run_environment_queues")
  EnvironmentQueues environmentQueues();

  /** Keeps the run's final state in the store, before its workflow closes. */
  @ActivityMethod(name = "run_record")
  void record(RunState state);

  /**
   * A run that can begin, or the reasons why it can't.
   *
   * @param source the commit as it is in the store
   * @param pipeline null when the file can't be run
   * @param file the digest of the pipeline file
   * @param problems of the file, rendered for people; warnings when there is a pipeline
   * @param visibility whether the engine knows our search attributes
   * @param queues which the work of environments goes to; null when an older worker did not say
   */
  record PreparedRun(
      SourceRef source,
      @Nullable Pipeline pipeline,
      @Nullable Digest file,
      List<String> problems,
      Visibility visibility,
      @Nullable EnvironmentQueues queues) {
    public PreparedRun {
      problems = List.copyOf(problems);
    }
  }

  /** Whether the engine knows our search attributes. */
  enum Visibility {
    SEARCHABLE,
    PLAIN
  }
}
