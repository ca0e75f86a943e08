package dev.slipway.activities.scan;

import dev.slipway.action.FailureType;
import dev.slipway.action.Params;
import dev.slipway.activities.step.CommitFiles;
import dev.slipway.activities.step.StepContext;
import dev.slipway.evidence.Severity;
import dev.slipway.pipeline.problem.Nearest;
import dev.slipway.step.StepFailedException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a step asks of a scan.
 *
 * @param severities whose findings count
 * @param mostAge of the vulnerability database
 * @param login variables that tell the scanner who logs in to the image's registry
 */
record ScanWish(
    ScanTarget target, Set<Severity> severities, Duration mostAge, Map<String, String> login) {
  private static final Pattern BY_DIGEST =
      Pattern.compile("([a-z0-9][\\w.:/-]*@)?sha256:[0-9a-f]{64}");
  private static final String DEFAULT_SEVERITIES = "HIGH,CRITICAL";
  private static final Duration MOST_AGE = Duration.ofDays(7);

  /**
   * @throws StepFailedException CONFIGURATION when the parameters make no scan
   */
  static ScanWish of(StepContext step) throws StepFailedException, InterruptedException {
    var params = step.params();
    return new ScanWish(
        target(step, params),
        severities(params.text("severity", DEFAULT_SEVERITIES)),
        params.duration("maxDatabaseAge", MOST_AGE),
        login(params));
  }

  private static ScanTarget target(StepContext step, Params params)
      throws StepFailedException, InterruptedException {
    var image = params.text("image");
    var path = params.text("path");
    var scan = params.text("scan", image.isPresent() ? "image" : "filesystem");
    if (scan.equals("image")) {
      if (image.isEmpty() || path.isPresent()) {
        throw wrong(
            "a scan of an image needs `image` and takes no `path`",
            "Write `image: ${image:STEP}`, or leave out `scan: image`.");
      }
      return image(image.get());
    }
    if (image.isPresent()) {
      throw wrong(
          "`scan: %s` does not look at an image".formatted(scan),
          "Leave out `scan` or `image`; a second step can do the other.");
    }
    var shown = path.orElse(".");
    var file = CommitFiles.inside(step, "path", shown);
    return scan.equals("config")
        ? new ScanTarget.Configuration(file, shown)
        : new ScanTarget.Files(file, shown);
  }

  private static ScanTarget image(String image) throws StepFailedException {
    if (!BY_DIGEST.matcher(image).matches()) {
      throw wrong(
          "`%s` does not name an image by its digest".formatted(image),
          "What is scanned must be what runs: write `${image:STEP}`, or NAME@sha256:….");
    }
    return new ScanTarget.Image(image);
  }

  private static Set<Severity> severities(String text) throws StepFailedException {
    var severities = EnumSet.noneOf(Severity.class);
    for (var name : text.split(",", -1)) {
      severities.add(severity(name.strip()));
    }
    return severities;
  }

  private static Severity severity(String name) throws StepFailedException {
    var known = Arrays.stream(Severity.values()).map(Severity::name).toList();
    return Severity.named(name)
        .orElseThrow(
            () ->
                wrong(
                    "`params.severity` has `%s`, which is no severity".formatted(name),
                    "Write some of %s, with commas between.%s"
                        .formatted(
                            String.join(", ", known),
                            Nearest.question(name, known)
                                .map(question -> " Or " + question)
                                .orElse(""))));
  }

  private static Map<String, String> login(Params params) throws StepFailedException {
    var username = params.text("username");
    var password = params.text("password");
    if (username.isEmpty() && password.isEmpty()) {
      return Map.of();
    }
    if (username.orElse("").isEmpty() || password.orElse("").isEmpty()) {
      throw wrong(
          "there is only one of `username` and `password`",
          "Give both, or neither for a registry without a login.");
    }
    return Map.of("TRIVY_USERNAME", username.get(), "TRIVY_PASSWORD", password.get());
  }

  private static StepFailedException wrong(String happened, String advice) {
    return new StepFailedException(FailureType.CONFIGURATION, happened, advice);
  }

  /** Passwords are never shown. */
  @Override
  public String toString() {
    return "a scan of " + target.shown();
  }
}
