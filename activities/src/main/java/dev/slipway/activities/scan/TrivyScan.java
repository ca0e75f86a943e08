package dev.slipway.activities.scan;

import dev.slipway.action.ActionSpec;
import dev.slipway.action.FailureType;
import dev.slipway.action.ScanSpecs;
import dev.slipway.activities.archive.FileTrees;
import dev.slipway.activities.docker.EngineVariables;
import dev.slipway.activities.home.Home;
import dev.slipway.activities.step.Action;
import dev.slipway.activities.step.StepContext;
import dev.slipway.artifact.ArtifactRef;
import dev.slipway.evidence.Finding;
import dev.slipway.evidence.Findings;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks with Trivy for what must not go live. Whatever keeps it from looking is a failure: no
 * program, no database or an old one, a report that is cut off or of another shape.
 */
public final class TrivyScan implements Action {
  private static final String CACHE = "TRIVY_CACHE_DIR";

  private static final Map<String, String> QUIET =
      Map.of(
          "TRIVY_DISABLE_TELEMETRY", "true",
          "TRIVY_SKIP_VERSION_CHECK", "true",
          "TRIVY_SKIP_CHECK_UPDATE", "true",
          "NO_COLOR", "1");

  private final Path cache;
  private final Map<String, String> passed = new HashMap<>(QUIET);
  private final Clock clock;

  /**
   * @param home whose cache keeps the vulnerability database
   * @param env of the worker; its {@code TRIVY_CACHE_DIR} keeps the database instead
   */
  public TrivyScan(Home home, Map<String, String> env) {
    this(home, env, Clock.systemUTC());
  }

  TrivyScan(Home home, Map<String, String> env, Clock clock) {
    var named = env.getOrDefault(CACHE, "");
    this.cache = named.isBlank() ? home.cache().resolve("trivy") : Path.of(named).toAbsolutePath();
    this.clock = clock;
    passed.putAll(EngineVariables.of(env, "TRIVY_DB_REPOSITORY", "TRIVY_JAVA_DB_REPOSITORY"));
  }

  @Override
  public ActionSpec spec() {
    return ScanSpecs.TRIVY_SCAN;
  }

  @Override
  public StepOutcome perform(StepContext step) throws StepFailedException, InterruptedException {
    var params = step.params();
    var wish = ScanWish.of(step);
    var ignoreFile = params.text("ignoreFile");
    var ignored =
        ignoreFile.isEmpty()
            ? Set.<String>of()
            : IgnoreFile.read(
                step, ignoreFile.get(), LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    try {
      var folder = Files.createTempDirectory(step.temp(), "scan");
      try {
        return scanned(step, wish, ignored, folder);
      } finally {
        FileTrees.delete(folder);
      }
    } catch (IOException e) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "the scanner's reports can't be written or read: " + e.getMessage(),
          "Look at the worker's disk.",
          e);
    }
  }

  private StepOutcome scanned(StepContext step, ScanWish wish, Set<String> ignored, Path folder)
      throws StepFailedException, InterruptedException, IOException {
    var env = new HashMap<>(passed);
    env.putAll(wish.login());
    Files.createDirectories(cache);
    var trivy = new Trivy(step, cache, env);
    var version = trivy.version();
    var database = Optional.<Instant>empty();
    if (wish.target().needsDatabase()) {
      trivy.updateDatabase();
      version = trivy.version();
      database = Optional.of(version.databaseDate(cache, wish.mostAge(), clock.instant()));
    }
    var json = folder.resolve("trivy.json");
    trivy.scan(wish.target(), json);
    var report = read(json);
    var counted = Counted.of(report, wish.severities(), ignored);
    var findings =
        counted.evidence(
            wish.target().shown(), "trivy " + version.version(), database.orElse(null));
    trivy.convert(json, "sarif", folder.resolve("trivy.sarif"));
    if (wish.target().needsDatabase()) {
      trivy.convert(json, "cyclonedx", folder.resolve("sbom.cdx.json"));
    }
    var kept = step.keep(step.request().key().step() + "-reports", folder);
    counted.tell(step.log()::line);
    return judged(step, findings, kept);
  }

  private static TrivyReport read(Path json) throws StepFailedException, IOException {
    try {
      return TrivyReport.read(json);
    } catch (UnreadableScanException e) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          String.valueOf(e.getMessage()),
          "What can't be read can't pass. Is there space on the worker's disk, and is its `trivy`"
              + " of a version that Slipway knows (0.68)?",
          e);
    }
  }

  private static StepOutcome judged(StepContext step, Findings findings, ArtifactRef kept)
      throws StepFailedException, InterruptedException {
    if (findings.examined() == 0) {
      throw new StepFailedException(
              FailureType.CONFIGURATION,
              "trivy found nothing in %s that it knows how to look at".formatted(findings.source()),
              "A scan of nothing is no pass. Is the lock file in the commit, and in the part that"
                  + " `path` names? `image` scans what was built.")
          .withEvidence(List.of(findings));
    }
    if (findings.total() > 0 && step.params().flag("exitOnVuln", true)) {
      throw new StepFailedException(
              FailureType.FINDINGS,
              "trivy found %s".formatted(findings.summary()),
              findings.worst().stream()
                      .map(Finding::text)
                      .collect(Collectors.joining("\n  ", "", ""))
                  + "\nTake the fixed version; or accept it for a while, with a reason and an end,"
                  + " in the file that `ignoreFile` names. All of it is in the artifact %s, %s."
                      .formatted(kept.name(), kept.digest().abbreviated()))
          .withEvidence(List.of(findings));
    }
    return StepOutcome.of("%s: %s".formatted(findings.source(), findings.summary()))
        .withEvidence(List.of(findings))
        .withArtifacts(List.of(kept));
  }
}
