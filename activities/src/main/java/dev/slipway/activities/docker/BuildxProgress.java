package dev.slipway.activities.docker;

import dev.slipway.activities.step.StepLog;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What BuildKit tells of a build ({@code --progress plain}), as lines of the step's log. */
final class BuildxProgress {
  private static final Pattern STEP = Pattern.compile("#([0-9]+) \\[(?:.* )?([0-9]+/[0-9]+)] (.*)");
  private static final Pattern LOOK =
      Pattern.compile("#([0-9]+) \\[internal] load metadata for (.*)");
  private static final Pattern STEP_FAILED = Pattern.compile("#([0-9]+) ERROR: .*");
  private static final Pattern ERROR =
      Pattern.compile("ERROR: (?:failed to build: )?(?:failed to solve: )?(.*)");
  private static final int LONGEST = 200;

  private final StepLog log;
  private final Map<String, String> begun = new HashMap<>();
  private @Nullable String failed;
  private @Nullable String error;

  BuildxProgress(StepLog log) {
    this.log = log;
  }

  void line(String line) {
    var step = STEP.matcher(line);
    if (step.matches()) {
      var name = "%s (%s)".formatted(step.group(2), shortened(step.group(3)));
      if (begun.put(step.group(1), name) == null) {
        log.progress("step " + name);
      }
    }
    var look = LOOK.matcher(line);
    if (look.matches()) {
      begun.put(look.group(1), "1 (FROM %s)".formatted(shortened(look.group(2))));
    }
    var end = STEP_FAILED.matcher(line);
    if (end.matches()) {
      failed = begun.get(end.group(1));
    }
    var message = ERROR.matcher(line);
    if (message.matches()) {
      error = message.group(1);
    }
    log.line(line);
  }

  private static String shortened(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }

  /** The Dockerfile's step that failed, like {@code 2/5 (RUN make)}. */
  Optional<String> step() {
    return Optional.ofNullable(failed);
  }

  /** Why the build ended without an image, in BuildKit's words. */
  Optional<String> error() {
    return Optional.ofNullable(error);
  }
}
