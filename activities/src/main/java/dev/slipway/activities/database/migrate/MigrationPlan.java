package dev.slipway.activities.database.migrate;

import dev.slipway.action.FailureType;
import dev.slipway.activities.database.flyway.AppliedMigration;
import dev.slipway.activities.database.script.Migration;
import dev.slipway.activities.database.script.MigrationFiles;
import dev.slipway.activities.database.script.Version;
import dev.slipway.artifact.Digest;
import dev.slipway.step.StepFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a commit's migrations are to do to a database.
 *
 * @param from the version that the database has
 * @param pending what is to be applied, oldest first; each has its down
 */
record MigrationPlan(Version from, List<Migration> pending) {
  MigrationPlan {
    pending = List.copyOf(pending);
  }

  /** The version that the database will have. */
  Version to() {
    return pending.isEmpty() ? from : pending.getLast().version();
  }

  /**
   * Plans, or says everything that is in the way.
   *
   * @param applied Flyway's history
   * @param recorded what we recorded of it
   */
  static MigrationPlan of(
      MigrationFiles files, List<AppliedMigration> applied, List<RecordedMigration> recorded)
      throws StepFailedException {
    refuseIfAny(
        FailureType.FINDINGS,
        "the migrations are not sound: ",
        files.problems(),
        "Mend the files.");
    refuseIfAny(
        FailureType.CONFLICT,
        "the database is ahead of this commit: ",
        missingFiles(files, applied),
        "Merge the commit that brought them; a migration that was applied stays in the code.");
    refuseIfAny(
        FailureType.CONFIGURATION,
        "Flyway's history is damaged: ",
        applied.stream()
            .filter(migration -> !migration.success())
            .map(migration -> migration.script() + " failed half-way and nobody mended it")
            .toList(),
        "Bring the schema to before or after it by hand, and delete or mend its row.");
    refuseIfAny(
        FailureType.CONFLICT,
        "Flyway's history has lost ",
        recorded.stream()
            .map(RecordedMigration::version)
            .filter(version -> applied.stream().noneMatch(row -> row.version().equals(version)))
            .map(version -> "migration " + version)
            .toList(),
        "It was applied, as slipway.migrations says: restore flyway_schema_history from a backup.");
    refuseIfAny(
        FailureType.CONFIGURATION,
        "what was applied was changed afterwards: ",
        changedFiles(files, recorded),
        "Restore the file as it was applied, and put the change into a new migration.");
    var from =
        applied.stream()
            .map(AppliedMigration::version)
            .max(Version::compareTo)
            .orElse(Version.NONE);
    var pending =
        files.migrations().stream()
            .filter(
                migration ->
                    applied.stream().noneMatch(row -> row.version().equals(migration.version())))
            .toList();
    refuseIfAny(
        FailureType.CONFIGURATION,
        "the database is at version %s already, too late for ".formatted(from),
        pending.stream()
            .filter(migration -> migration.version().compareTo(from) < 0)
            .map(migration -> migration.up().name())
            .toList(),
        "Give them versions above " + from + ".");
    refuseIfAny(
        FailureType.FINDINGS,
        "there is no way back: ",
        pending.stream()
            .filter(migration -> migration.down().isEmpty())
            .map(MigrationFiles::missingDown)
            .toList(),
        "Write it; the way back must be there before the way forward.");
    return new MigrationPlan(from, pending);
  }

  /**
   * Refuses what an earlier environment has not had.
   *
   * @param earlier its name
   * @param checksums of what was applied there
   */
  void requireIn(String earlier, Map<Version, Digest> checksums) throws StepFailedException {
    refuseIfAny(
        FailureType.FINDINGS,
        earlier + " has not had ",
        pending.stream()
            .flatMap(
                migration -> {
                  var there = Optional.ofNullable(checksums.get(migration.version()));
                  if (there.isEmpty()) {
                    return Optional.of(migration.up().name()).stream();
                  }
                  return there.get().equals(migration.up().checksum())
                      ? Optional.<String>empty().stream()
                      : Optional.of(
                          migration.up().name() + " as it is now, but another version of it")
                          .stream();
                })
            .toList(),
        "Let a run migrate %s with this commit first.".formatted(earlier));
  }

  private static List<String> missingFiles(MigrationFiles files, List<AppliedMigration> applied) {
    return applied.stream()
        // Flyway's own mark in a database that had tables before it came.
        .filter(row -> !row.version().equals(Version.NONE))
        .filter(row -> find(files, row.version()).isEmpty())
        .map(row -> "%s was applied, and is not here".formatted(row.script()))
        .toList();
  }

  private static List<String> changedFiles(MigrationFiles files, List<RecordedMigration> recorded) {
    var changed = new ArrayList<String>();
    for (var record : recorded) {
      find(files, record.version())
          .filter(migration -> !migration.up().checksum().equals(record.checksum()))
          .ifPresent(migration -> changed.add(migration.up().name()));
    }
    return changed;
  }

  private static Optional<Migration> find(MigrationFiles files, Version version) {
    return files.migrations().stream()
        .filter(migration -> migration.version().equals(version))
        .findFirst();
  }

  private static void refuseIfAny(
      FailureType type, String what, List<String> reasons, String advice)
      throws StepFailedException {
    if (!reasons.isEmpty()) {
      throw new StepFailedException(
          type, reasons.stream().collect(Collectors.joining("; ", what, "")), advice);
    }
  }
}
