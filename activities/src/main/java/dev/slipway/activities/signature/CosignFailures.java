package dev.slipway.activities.signature;

import dev.slipway.action.FailureType;
import dev.slipway.activities.process.ProcessExit;
import dev.slipway.step.StepFailedException;
import java.util.List;
import java.util.Locale;

/** Why cosign did not do it, in its words and ours. */
final class CosignFailures {
  /**
   * Codes that mean "looked, and found nothing that this key verifies".
   *
   * @see <a href="https://github.com/sigstore/cosign/blob/main/doc/cosign_exit-codes.md">cosign's
   *     exit codes</a>
   */
  private static final List<Integer> REFUSALS = List.of(10, 12);

  /** The same of attestations, for which cosign has no codes. */
  private static final List<String> REFUSING_WORDS =
      List.of("no matching attestations", "none of the attestations matched");

  private static final List<String> DENIED = List.of("unauthorized", "denied", "forbidden");
  private static final List<String> OTHER_COSIGN = List.of("unknown flag", "unknown command");
  private static final int KILLED = 137;
  private static final int SHOWN_LINES = 5;
  private static final String INSTALL =
      "Install cosign 2.6 on the worker (https://docs.sigstore.dev, or `go install"
          + " github.com/sigstore/cosign/v2/cmd/cosign@v2.6.2`). ";

  private CosignFailures() {}

  /** Says how to get a program that is not there. */
  static StepFailedException withHowToInstall(StepFailedException e) {
    var failure = e.failure();
    return failure.type() == FailureType.CONFIGURATION
        ? new StepFailedException(failure.type(), failure.happened(), INSTALL + failure.advice(), e)
        : e;
  }

  /** Whether cosign has looked and says no; otherwise it could not look. */
  static boolean isRefusal(ProcessExit exit) {
    return REFUSALS.contains(exit.code()) || REFUSING_WORDS.stream().anyMatch(text(exit)::contains);
  }

  /** The line that says why. */
  static String said(ProcessExit exit) {
    var lines = lastLines(exit);
    return lines.stream()
        .filter(line -> line.startsWith("Error: "))
        .map(line -> line.substring("Error: ".length()))
        .findFirst()
        .orElse(lines.isEmpty() ? "" : lines.getLast());
  }

  static StepFailedException ofKey(ProcessExit exit) {
    return text(exit).contains("decrypt")
        ? new StepFailedException(
            FailureType.CONFIGURATION,
            "the private key can't be opened with its password",
            "Is `keyPassword: ${secret:NAME}` that of this key?")
        : of("cosign can't read the private key", exit);
  }

  static StepFailedException of(String what, ProcessExit exit) {
    var happened = "%s: it ended with code %d".formatted(what, exit.code());
    var lines = "It said:\n  " + String.join("\n  ", lastLines(exit));
    var text = text(exit);
    if (exit.code() == KILLED) {
      return new StepFailedException(
          FailureType.INFRASTRUCTURE, happened + " (killed)", "Did the machine run out of memory?");
    }
    if (OTHER_COSIGN.stream().anyMatch(text::contains)) {
      return new StepFailedException(FailureType.CONFIGURATION, happened, INSTALL + lines);
    }
    if (text.contains("decrypt") || text.contains("pem")) {
      return new StepFailedException(
          FailureType.CONFIGURATION, happened, "Is this key one of cosign's? " + lines);
    }
    if (DENIED.stream().anyMatch(text::contains)) {
      return new StepFailedException(
          FailureType.CONFIGURATION,
          happened,
          "Give the step a `username` and a `password: ${secret:NAME}` that may read there, and"
              + " write for `sign`. "
              + lines);
    }
    return new StepFailedException(FailureType.INFRASTRUCTURE, happened, lines);
  }

  private static List<String> lastLines(ProcessExit exit) {
    var lines = exit.lastLines().stream().filter(line -> !line.isBlank()).toList();
    return lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size());
  }

  private static String text(ProcessExit exit) {
    return String.join("\n", exit.lastLines()).toLowerCase(Locale.ROOT);
  }
}
