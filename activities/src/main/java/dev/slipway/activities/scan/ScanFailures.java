package dev.slipway.activities.scan;

import dev.slipway.action.FailureType;
import dev.slipway.activities.process.ProcessExit;
import dev.slipway.step.StepFailedException;
import java.util.List;
import java.util.Locale;

/** Why a scanner could not look, in the scanner's words and ours. */
final class ScanFailures {
  private static final List<String> REFUSED = List.of("unauthorized", "denied", "forbidden");
  private static final List<String> UNKNOWN =
      List.of("manifest_unknown", "manifest unknown", "name_unknown", "no such image");
  private static final int KILLED = 137;

  private ScanFailures() {}

  static StepFailedException of(ScanTarget target, ProcessExit exit) {
    var said = String.join("\n", exit.lastLines()).toLowerCase(Locale.ROOT);
    var happened =
        "trivy could not scan %s: it ended with code %d".formatted(target.shown(), exit.code());
    var lines = "It said:\n  " + String.join("\n  ", Trivy.lastLines(exit));
    if (exit.code() == KILLED) {
      return infrastructure(happened + " (killed)", "Did the machine run out of memory?");
    }
    if (said.contains("unknown flag") || said.contains("unknown command")) {
      return configuration(happened, "Install Trivy 0.68 or newer on the worker. " + lines);
    }
    if (target instanceof ScanTarget.Image) {
      if (REFUSED.stream().anyMatch(said::contains)) {
        return configuration(
            happened,
            "The registry refuses: give `username` and `password: ${secret:NAME}`. " + lines);
      }
      if (UNKNOWN.stream().anyMatch(said::contains)) {
        return configuration(happened, "Was the image pushed, or built on this engine? " + lines);
      }
    }
    return infrastructure(happened, lines);
  }

  private static StepFailedException configuration(String happened, String advice) {
    return new StepFailedException(FailureType.CONFIGURATION, happened, advice);
  }

  private static StepFailedException infrastructure(String happened, String advice) {
    return new StepFailedException(FailureType.INFRASTRUCTURE, happened, advice);
  }
}
