package dev.slipway.activities.database.check;

import dev.slipway.activities.database.script.Version;
import dev.slipway.artifact.Digest;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was seen of a commit's migrations.
 *
 * @param version of the newest
 * @param fingerprint of the schema that they make
 * @param problems what is wrong with the files themselves
 */
public record CheckReport(
    Version version, Digest fingerprint, List<String> problems, List<MigrationReport> migrations) {
  public CheckReport {
    problems = List.copyOf(problems);
    migrations = List.copyOf(migrations);
  }

  /** Everything that must not pass, one line each. */
  public List<String> findings() {
    return Stream.concat(
            problems.stream(),
            migrations.stream().flatMap(report -> report.findings().stream()).map(Finding::text))
        .toList();
  }
}
