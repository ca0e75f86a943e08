package dev.slipway.activities.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which answer passes.
 *
 * @param status the one that passes
 * @param contains what the body must contain, if anything
 */
record Expectation(int status, @Nullable String contains) {
  private static final int MOST_SHOWN = 200;

  /** What is wrong with the answer, as the end of a sentence about it. */
  Optional<String> problem(Probe.Answer answer) {
    var body = answer.body();
    if (answer.status() != status) {
      return Optional.of("answered %d, not %d%s".formatted(answer.status(), status, shown(body)));
    }
    if (contains != null && !body.contains(contains)) {
      return Optional.of(
          "answered %d without `%s`%s%s"
              .formatted(
                  answer.status(),
                  contains,
                  answer.isCut() ? " in its first MiB" : "",
                  shown(body)));
    }
    return Optional.empty();
  }

  private static String shown(String body) {
    var line = body.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.isEmpty()
        ? " and no body"
        : ": " + (line.length() > MOST_SHOWN ? line.substring(0, MOST_SHOWN) + "…" : line);
  }
}
