package dev.slipway.activities.database.check;

import dev.slipway.activities.database.script.Version;
import java.util.List;

/**
 * What was seen of one migration.
 *
 * @param file of the way up
 * @param up what it does to what was there
 * @param down what taking it back does to what was there before it
 * @param findings why it must not pass; empty when it may
 * @param notes what people should know
 */
public record MigrationReport(
    Version version,
    String file,
    List<Observation> up,
    List<Observation> down,
    List<Finding> findings,
    List<String> notes) {
  public MigrationReport {
    up = List.copyOf(up);
    down = List.copyOf(down);
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
  }
}
