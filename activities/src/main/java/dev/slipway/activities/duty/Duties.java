package dev.slipway.activities.duty;

import dev.slipway.action.FailureType;
import dev.slipway.environment.Deployment;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.EnvironmentQueues;
import dev.slipway.environment.LocalDeployment;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.step.StepFailedException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a worker is there for, as {@code SLIPWAY_SERVES} says: {@code control} for workflows and
 * what they need besides steps, {@code build} for steps that touch no environment, and {@code
 * application/environment} for all that touches that one. A worker that is told nothing does
 * everything. Whatever else comes to a worker is refused, however it came there.
 */
public final class Duties {
  /** Those of the one worker that does everything. */
  public static final Duties ALL = new Duties("", List.of());

  private static final String VARIABLE = "SLIPWAY_SERVES";
  private static final String CONTROL = "control";
  private static final String BUILD = "build";

  /** As names in a pipeline file are. */
  private static final Pattern ENVIRONMENT =
      Pattern.compile("([a-z0-9][a-z0-9-]{0,62})/([a-z0-9][a-z0-9-]{0,62})");

  private final String text;
  private final Set<String> served;

  private Duties(String text, List<String> served) {
    this.text = text;
    this.served = new LinkedHashSet<>(served);
  }

  /**
   * The duties of a process.
   *
   * @param env usually {@link System#getenv()}
   * @throws IllegalArgumentException when the variable can't be read
   */
  public static Duties of(Map<String, String> env) {
    var text = env.get(VARIABLE);
    if (text == null) {
      return ALL;
    }
    if (text.isBlank()) {
      throw new IllegalArgumentException(
          "%s is set, but empty; list what the worker serves, such as control,build,shop/staging,"
                  .formatted(VARIABLE)
              + " or unset it for a worker that serves everything");
    }
    var served = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    for (var each : served) {
      if (!each.equals(CONTROL) && !each.equals(BUILD) && !ENVIRONMENT.matcher(each).matches()) {
        throw new IllegalArgumentException(
            "%s must be a list such as control,build,shop/staging; `%s` in it is neither control nor"
                    .formatted(VARIABLE, each)
                + " build nor an environment with its application before it");
      }
    }
    return new Duties(String.join(",", served), served);
  }

  /** Whether it hosts the workflows. */
  public boolean control() {
    return isAll() || served.contains(CONTROL);
  }

  /** Whether it performs steps that touch no environment. */
  public boolean build() {
    return isAll() || served.contains(BUILD);
  }

  /** The environments whose own queues it takes from. */
  public List<EnvironmentId> environments() {
    return served.stream()
        .map(ENVIRONMENT::matcher)
        .filter(match -> match.matches())
        .map(match -> new EnvironmentId(match.group(1), match.group(2)))
        .toList();
  }

  /** Where runs have the work of environments done that begin on this worker. */
  public EnvironmentQueues queues() {
    return isAll() ? EnvironmentQueues.ONE_FOR_ALL : EnvironmentQueues.ONE_EACH;
  }

  /**
   * Refuses to touch an environment that is not served.
   *
   * @throws StepFailedException CONFIGURATION
   */
  public void require(EnvironmentId environment) throws StepFailedException {
    if (!isAll() && !served.contains(environment.path())) {
      throw refusal(
          environment.toString(),
          "Start a worker with %s=%s where its credentials are, and a new run: one that began before"
                  .formatted(VARIABLE, environment)
              + " environments had queues of their own does not find it.");
    }
  }

  /**
   * Refuses to perform a step that touches no environment, where builds have no place.
   *
   * @throws StepFailedException CONFIGURATION
   */
  public void requireBuild(String action) throws StepFailedException {
    if (!build()) {
      throw refusal(
          "builds, and so not `%s`".formatted(action),
          "Take `queue` out of the step, or add build to the worker's %s.".formatted(VARIABLE));
    }
  }

  /**
   * Refuses an environment on the worker's own machine where builds have no place: a commit's
   * program, and its SQL in the embedded database, would run as the worker's user.
   *
   * @throws StepFailedException CONFIGURATION
   */
  public void requireOnMachine(EnvironmentSpec environment) throws StepFailedException {
    if (environment.target() == EnvironmentSpec.Target.LOCAL) {
      requireOnMachine("target: local");
    }
    if (EnvironmentSpec.EMBEDDED_DATABASE.equals(environment.database())) {
      requireOnMachine("database: embedded");
    }
  }

  /**
   * The same for what is to run again.
   *
   * @throws StepFailedException CONFIGURATION
   */
  public void requireOnMachine(@Nullable Deployment deployment) throws StepFailedException {
    if (deployment instanceof LocalDeployment) {
      requireOnMachine("a release of target: local");
    }
  }

  private void requireOnMachine(String what) throws StepFailedException {
    if (!build()) {
      throw refusal(
          "builds, and so not `%s`, which runs a commit's code as the worker's user"
              .formatted(what),
          "Add build to the worker's %s, or let the environment have another target and database."
              .formatted(VARIABLE));
    }
  }

  private StepFailedException refusal(String what, String advice) {
    return new StepFailedException(
        FailureType.CONFIGURATION,
        "this worker (%s=%s) does not serve %s".formatted(VARIABLE, text, what),
        advice);
  }

  /** Whether it serves everything, as it was told nothing. */
  public boolean isAll() {
    return served.isEmpty();
  }

  /** For people. */
  @Override
  public String toString() {
    return isAll() ? "everything" : text;
  }
}
