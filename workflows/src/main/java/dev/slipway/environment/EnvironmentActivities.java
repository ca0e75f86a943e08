package dev.slipway.environment;

import dev.slipway.artifact.Digest;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.source.SourceRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What environments need done outside of workflows. Every method is idempotent. */
@ActivityInterface
public interface EnvironmentActivities {
  /** Signals the environment's workflow, which is started when it is not there. */
  @ActivityMethod(name = "environment_tell")
  void tell(EnvironmentId environment, LockMessage message);

  /**
   * What is really there, and how the commit stands to it. Who holds the environment adopts what
   * nobody recorded.
   */
  @ActivityMethod(name = "environment_survey")
  Survey survey(SurveyRequest request);

  /** How the schema stands to an earlier state. */
  @ActivityMethod(name = "environment_schema_standing")
  SchemaStanding schemaStanding(WayBack wayBack);

  /** Serves the earlier entry points. */
  @ActivityMethod(name = "environment_switch_assets")
  void switchAssets(WayBack wayBack, @Nullable Digest manifest, long fencingToken);

  /** Runs the earlier application, and returns when it is healthy. */
  @ActivityMethod(name = "environment_restore_application")
  void restoreApplication(WayBack wayBack, @Nullable Deployment deployment, long fencingToken);

  /** Takes the schema down by the recorded downs. */
  @ActivityMethod(name = "environment_migrate_down")
  void migrateDown(WayBack wayBack, String version, long fencingToken);

  /**
   * Appends to the ledger, once, and answers the entry.
   *
   * @param head which the ledger must have; null for whatever it has
   */
  @ActivityMethod(name = "environment_append")
  LedgerEntry append(EnvironmentId environment, LedgerEvent event, @Nullable LedgerHead head);

  /**
   * The release that a rollback goes to.
   *
   * @param head which the ledger must have; null for whatever it has
   */
  @ActivityMethod(name = "environment_choose_release")
  RollbackChoice chooseRelease(
      EnvironmentId environment, @Nullable Long to, @Nullable LedgerHead head);

  /** Whether the run's workflow still runs. */
  @ActivityMethod(name = "environment_is_running")
  Liveness isRunning(String workflowId);

  /** Whether a workflow still runs. */
  enum Liveness {
    RUNNING,
    ENDED
  }

  /**
   * What to look at.
   *
   * @param commit that wants to go live; null for a way back
   * @param grant the first fencing token of the one who holds the environment and looks; null for a
   *     look at what another may be changing, which records nothing
   * @param head which the ledger must have; null for whatever it has
   */
  record SurveyRequest(
      EnvironmentId environment,
      EnvironmentSpec spec,
      @Nullable SourceRef commit,
      @Nullable Long grant,
      @Nullable LedgerHead head) {}

  /**
   * What was found.
   *
   * @param state what is really there
   * @param live the number of the live release; null when none is
   * @param nextRelease the number for the next one
   * @param staleness how the commit stands to what lives
   * @param notes what people should know, such as a release found and adopted
   */
  record Survey(
      EnvironmentState state,
      @Nullable Long live,
      long nextRelease,
      StalenessFacts staleness,
      List<String> notes) {
    public Survey {
      notes = List.copyOf(notes);
    }
  }

  /**
   * A way back that is under way.
   *
   * @param wanted the state that is to be again
   * @param logName where it is told
   */
  record WayBack(
      EnvironmentId environment, EnvironmentSpec spec, EnvironmentState wanted, String logName) {}

  /**
   * What a rollback does.
   *
   * @param from the live release
   * @param to the release that is to live again
   * @param refusal why there is no way back; null when there is
   */
  record RollbackChoice(@Nullable Release from, @Nullable Release to, @Nullable String refusal) {}
}
