package dev.slipway.activities.secret;

import dev.slipway.action.FailureType;
import dev.slipway.activities.home.Home;
import dev.slipway.step.StepFailedException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The secrets of this worker: its secrets file, then variables named {@code SLIPWAY_SECRET_<NAME>}.
 */
public final class Secrets {
  private static final String VARIABLE = "SLIPWAY_SECRET_";

  private final Path file;
  private final Map<String, String> env;

  /**
   * @param env the worker's variables, usually {@link System#getenv()}
   */
  public Secrets(Home home, Map<String, String> env) {
    this.file = home.secrets();
    this.env = env;
  }

  /**
   * The secret of that name.
   *
   * @throws StepFailedException CONFIGURATION, when there is none or it is too short to be kept out
   *     of logs
   */
  public String require(String name) throws StepFailedException {
    var secret =
        new SecretsFile(file)
            .find(name)
            .or(() -> Optional.ofNullable(env.get(VARIABLE + name)))
            .filter(value -> !value.isEmpty())
            .orElseThrow(() -> missing(name));
    if (secret.length() < Masking.SHORTEST) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "the secret `%s` is shorter than %d characters".formatted(name, Masking.SHORTEST),
          "So short a text can't be kept out of logs: choose a longer secret, or write the value"
              + " openly if it is none.");
    }
    return secret;
  }

  private StepFailedException missing(String name) {
    return new StepFailedException(
        FailureType.CONFIGURATION,
        "this worker has no secret `%s`".formatted(name),
        "Add a line `%s=…` to `%s` (mode 600), or start the worker with the variable `%s%s`."
            .formatted(name, file, VARIABLE, name));
  }
}
