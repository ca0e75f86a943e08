package dev.slipway.activities.database.check;

import dev.slipway.action.ActionSpec;
import dev.slipway.action.DatabaseSpecs;
import dev.slipway.action.FailureType;
import dev.slipway.activities.database.flyway.FlywayMigrator;
import dev.slipway.activities.database.postgres.PostgresHome;
import dev.slipway.activities.database.postgres.ScratchServer;
import dev.slipway.activities.database.script.MigrationFiles;
import dev.slipway.activities.database.script.Version;
import dev.slipway.activities.database.session.SessionLimits;
import dev.slipway.activities.database.session.Sessions;
import dev.slipway.activities.step.Action;
import dev.slipway.activities.step.StepContext;
import dev.slipway.artifact.ArtifactRef;
import dev.slipway.json.Json;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepOutcome;
import dev.slipway.step.StepRequest;
import dev.slipway.text.Counted;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Proves migrations on a PostgreSQL of its own, which is gone afterwards. */
public final class DbMigrationCheck implements Action {
  private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(20);
  private static final String REPORT = "migration-report";
  private static final int MOST_SHOWN = 5;

  private final PostgresHome home;
  private final LiveVersions live;

  /**
   * @param home where PostgreSQL's programs are unpacked and scratch clusters live
   */
  public DbMigrationCheck(PostgresHome home, LiveVersions live) {
    this.home = home;
    this.live = live;
  }

  @Override
  public ActionSpec spec() {
    return DatabaseSpecs.DB_MIGRATION_CHECK;
  }

  @Override
  public StepOutcome perform(StepContext step) throws StepFailedException, InterruptedException {
    var folder = step.params().text("directory", "db/migrations");
    var files = MigrationFiles.read(step.workspace(), step.directory().resolve(folder));
    var judgement = new Judgement(live(step.request()), accepted(step.params().texts("accept")));
    if (!files.problems().isEmpty()) {
      throw blocked(files.problems());
    }
    CheckReport report;
    try (var server = ScratchServer.start(home);
        var migrator = FlywayMigrator.of(files.migrations(), step.temp())) {
      report =
          Sessions.with(
              SessionLimits.within(STATEMENT_LIMIT),
              sessions ->
                  new MigrationChecker(server, sessions, step.log(), judgement)
                      .check(files, migrator));
    } catch (IOException e) {
      throw unwritable(e);
    }
    tell(step, report);
    var kept = keep(step, report);
    var findings = report.findings();
    if (!findings.isEmpty()) {
      step.log().line("report: " + kept.digest());
      throw blocked(findings);
    }
    return StepOutcome.of(
            report.migrations().size() == 1
                ? "the only migration, %s, goes up, down and up again".formatted(report.version())
                : "%d migrations go up, down and up again; newest is %s"
                    .formatted(report.migrations().size(), report.version()))
        .withArtifacts(List.of(kept))
        .withOutputs(
            Map.of(
                "version", report.version().text(),
                "fingerprint", report.fingerprint().text()));
  }

  /** An older run does not say which environments there are, so that everything is judged. */
  private Version live(StepRequest request) throws StepFailedException, InterruptedException {
    var environments = request.databases();
    return environments == null
        ? Version.NONE
        : live.lowest(request.key().application(), environments);
  }

  private static Set<Version> accepted(List<String> texts) throws StepFailedException {
    var versions = new HashSet<Version>();
    for (var text : texts) {
      versions.add(
          Version.parse(text)
              .orElseThrow(
                  () ->
                      new StepFailedException(
                          FailureType.CONFIGURATION,
                          "`accept` names %s, which is no migration's version".formatted(text),
                          "Write versions as in the files' names, such as \"3\".")));
    }
    return versions;
  }

  private static void tell(StepContext step, CheckReport report) {
    for (var migration : report.migrations()) {
      step.log()
          .line(
              "%s: %s"
                  .formatted(
                      migration.file(),
                      migration.findings().isEmpty()
                          ? "up, down and up again give the same schema"
                          : Counted.of(migration.findings().size(), "finding")));
      migration.up().forEach(seen -> step.log().line("  up " + seen.text()));
      migration.down().forEach(seen -> step.log().line("  down " + seen.text()));
      migration.notes().forEach(note -> step.log().line("  note: " + note));
      migration.findings().forEach(finding -> step.log().line("  FINDING: " + finding.text()));
    }
  }

  private static ArtifactRef keep(StepContext step, CheckReport report)
      throws StepFailedException, InterruptedException {
    var name = step.request().artifact();
    try {
      var file = step.temp().resolve("migration-report.json");
      Files.write(file, Json.bytes(report));
      return step.keep(name == null ? REPORT : name, file);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private static StepFailedException unwritable(IOException e) {
    return new StepFailedException(
        FailureType.INFRASTRUCTURE,
        "the check can't write its files: " + e.getMessage(),
        "Check the space of the disk with the temporary folder.",
        e);
  }

  private static StepFailedException blocked(List<String> findings) {
    var shown = String.join("; ", findings.subList(0, Math.min(MOST_SHOWN, findings.size())));
    var more =
        findings.size() > MOST_SHOWN ? "; and %d more".formatted(findings.size() - MOST_SHOWN) : "";
    return new StepFailedException(
        FailureType.FINDINGS,
        "%s: %s%s".formatted(Counted.of(findings.size(), "finding"), shown, more),
        "Mend the migrations. A loss that is meant can be accepted with the step's `accept`.");
  }
}
