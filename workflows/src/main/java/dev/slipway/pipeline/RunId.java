package dev.slipway.pipeline;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names a run.
 *
 * @param number 1 for the application's first run
 */
public record RunId(String application, long number) {
  private static final Pattern FORM =
      Pattern.compile("(?:run/)?([a-z0-9][a-z0-9-]{0,62})/([1-9][0-9]{0,17})");

  /** Reads {@code storefront/12}, or the id of the run's workflow. */
  public static Optional<RunId> parse(String text) {
    var match = FORM.matcher(text);
    return match.matches()
        ? Optional.of(new RunId(match.group(1), Long.parseLong(match.group(2))))
        : Optional.empty();
  }

  /** The id of the run's workflow: {@code run/storefront/12}. */
  public String workflowId() {
    return "run/" + this;
  }

  @Override
  public String toString() {
    return application + "/" + number;
  }
}
