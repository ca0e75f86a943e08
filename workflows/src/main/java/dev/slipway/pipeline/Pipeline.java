package dev.slipway.pipeline;

import java.util.List;
import java.util.Optional;

/**
 * A pipeline file's meaning, with every default filled in; frozen into the run that it starts.
 *
 * @param application names the ledger, the runs and the environments
 * @param environments in the file's order
 * @param stages in the file's order, unless a stage needs one that stands below it; a stage's
 *     {@code needs} name earlier ones
 * @param webhooks where notifications go besides the terminal
 */
public record Pipeline(
    String application,
    List<EnvironmentSpec> environments,
    List<Stage> stages,
    List<Webhook> webhooks) {
  public Pipeline {
    environments = List.copyOf(environments);
    stages = List.copyOf(stages);
    webhooks = List.copyOf(webhooks);
  }

  /** The environment of that name. */
  public Optional<EnvironmentSpec> environment(String name) {
    return environments.stream().filter(spec -> spec.name().equals(name)).findFirst();
  }

  /** The stage of that name. */
  public Optional<Stage> stage(String name) {
    return stages.stream().filter(stage -> stage.name().equals(name)).findFirst();
  }

  /**
   * Whether the stage goes on where others left off: everything it needs belongs to its own
   * environment, whose lock and decision it shares.
   */
  public boolean continuesEnvironment(Stage stage) {
    return stage.environment() != null
        && !stage.needs().isEmpty()
        && stage.needs().stream()
            .flatMap(name -> stage(name).stream())
            .allMatch(needed -> stage.environment().equals(needed.environment()));
  }
}
