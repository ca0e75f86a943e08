package dev.slipway.activities.database.check;

import dev.slipway.activities.database.check.Finding.Kind;
import dev.slipway.activities.database.check.Observation.Effect;
import dev.slipway.activities.database.script.Migration;
import dev.slipway.activities.database.script.MigrationFiles;
import dev.slipway.activities.database.script.SqlFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects what is found about one migration. */
final class Verdict {
  private final Migration migration;
  private final boolean accepted;
  private final List<Observation> up = new ArrayList<>();
  private final List<Observation> down = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  Verdict(Migration migration, boolean accepted) {
    this.migration = migration;
    this.accepted = accepted;
  }

  MigrationReport report() {
    return new MigrationReport(
        migration.version(), migration.up().name(), up, down, findings, notes);
  }

  void note(String text) {
    notes.add(text);
  }

  void up(List<Observation> seen, MigrationChecker.Circumstances circumstances) {
    up.addAll(seen);
    for (var observation : seen) {
      if (observation.effect().loses()) {
        find(
            Kind.LOSES_DATA,
            "%s %s; no way back brings that again"
                .formatted(migration.up().name(), observation.text()));
      }
    }
    if (circumstances.runsAlone()) {
      note(
          migration.up().name()
              + " can't run in a transaction: a failure leaves it half done, and locks were seen"
              + " only after each statement that changes the schema");
    }
    if (circumstances.endsItsTransaction()) {
      find(
          Kind.FAILS,
          "%s ends its transaction itself; leave COMMIT and ROLLBACK out, so that a failure leaves"
                  .formatted(migration.up().name())
              + " nothing behind");
    }
  }

  void down(List<Observation> seen) {
    seen.stream().filter(o -> o.effect() != Effect.DROPS).forEach(down::add);
    for (var observation : down) {
      if (observation.effect().loses()) {
        find(
            Kind.LOSES_DATA,
            "%s %s, which was there before %s"
                .formatted(migration.downName(), observation.text(), migration.up().name()));
      }
    }
  }

  void noDown() {
    find(Kind.NO_WAY_BACK, MigrationFiles.missingDown(migration));
  }

  void fails(SqlFailure failure) {
    find(Kind.FAILS, failure.text());
  }

  void downFails(SqlFailure failure) {
    find(Kind.NO_WAY_BACK, failure.text());
  }

  void notRestored(List<String> differences) {
    find(
        Kind.NO_WAY_BACK,
        "%s does not restore the schema: %s"
            .formatted(migration.downName(), String.join(", ", differences)));
  }

  void failsAgain(SqlFailure failure) {
    find(Kind.NO_WAY_BACK, "after %s: %s".formatted(migration.downName(), failure.text()));
  }

  void differsAgain(List<String> differences) {
    find(
        Kind.NO_WAY_BACK,
        "%s makes another schema the second time: %s"
            .formatted(migration.up().name(), String.join(", ", differences)));
  }

  void rowsLost(List<String> tables) {
    for (var table : tables) {
      find(
          Kind.LOSES_DATA,
          "%s does not give back the rows of %s as they were before %s"
              .formatted(migration.downName(), table, migration.up().name()));
    }
  }

  void unseeded(Map<String, String> reasons) {
    new TreeMap<>(reasons)
        .forEach(
            (table, reason) ->
                find(
                    Kind.NOT_PROVEN,
                    "%s: no row could be generated for %s (%s), so what happens to its rows is not"
                            .formatted(migration.up().name(), table, reason)
                        + " proven"));
  }

  private void find(Kind kind, String text) {
    if (accepted && kind == Kind.LOSES_DATA) {
      notes.add("accepted: " + text);
    } else {
      findings.add(new Finding(kind, text));
    }
  }
}
