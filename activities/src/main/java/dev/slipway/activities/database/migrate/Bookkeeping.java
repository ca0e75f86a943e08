package dev.slipway.activities.database.migrate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.action.FailureType;
import dev.slipway.activities.database.schema.Schema;
import dev.slipway.activities.database.script.Migration;
import dev.slipway.activities.database.script.ScriptRunner;
import dev.slipway.activities.database.script.SqlFailedException;
import dev.slipway.activities.database.script.SqlFile;
import dev.slipway.activities.database.script.Version;
import dev.slipway.artifact.Digest;
import dev.slipway.environment.ReleaseLabels;
import dev.slipway.json.Json;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Our tables in an environment's database, through one connection and in its transaction. */
record Bookkeeping(Connection connection) {
  private static final String TABLES = "bookkeeping.sql";

  /** Creates what is missing. */
  void create() throws SQLException {
    try {
      ScriptRunner.run(connection, TABLES, resource(TABLES));
    } catch (SqlFailedException e) {
      throw e.getCause() instanceof SQLException cause ? cause : new SQLException(e);
    }
  }

  /**
   * Lets nobody with a lower token in any more; holds off others until the transaction ends.
   *
   * @throws StepFailedException as conflict when a higher token was here
   */
  void raiseFence(long token) throws SQLException, StepFailedException {
    try (var statement =
        connection.prepareStatement(
            """
            INSERT INTO slipway.fence AS f (token) VALUES (?)
            ON CONFLICT (one) DO UPDATE SET token = EXCLUDED.token WHERE f.token <= EXCLUDED.token
            """)) {
      statement.setLong(1, token);
      if (statement.executeUpdate() == 0) {
        throw new StepFailedException(
            FailureType.CONFLICT,
            "a newer run or a way back has changed this database since; token %d is too old"
                .formatted(token),
            "Nothing was changed. Look at the environment's newest run.");
      }
    }
  }

  /** Records the way back of a migration that is about to run. */
  void begin(Migration migration, SqlFile down, Schema before, long run, long token)
      throws SQLException {
    try (var statement =
        connection.prepareStatement(
            """
            INSERT INTO slipway.migrations (version, description, checksum, down_name, down_sql,
              fingerprint_before, schema_before, stands_alone, run, token)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)) {
      statement.setString(1, migration.version().text());
      statement.setString(2, migration.name());
      statement.setString(3, migration.up().checksum().text());
      statement.setString(4, down.name());
      statement.setString(5, down.text());
      statement.setString(6, before.fingerprint().text());
      statement.setArray(
          7, connection.createArrayOf("text", before.lines().toArray(String[]::new)));
      statement.setBoolean(8, connection.getAutoCommit());
      statement.setLong(9, run);
      statement.setLong(10, token);
      statement.executeUpdate();
    }
  }

  /** Records what a migration came to. */
  void complete(Version version, Digest after, List<DataPlace> brought) throws SQLException {
    update(
        "UPDATE slipway.migrations SET fingerprint_after = ?, brought = ? WHERE version = ?",
        after.text(),
        Json.text(brought),
        version.text());
  }

  /** Records what a migration itself put into what it brought. */
  void keepContents(Version version, List<Contents> contents) throws SQLException {
    update(
        "UPDATE slipway.migrations SET contents = ? WHERE version = ?",
        Json.text(contents),
        version.text());
  }

  /** Forgets a migration that was taken back. */
  void forget(Version version) throws SQLException {
    update("DELETE FROM slipway.migrations WHERE version = ?", version.text());
  }

  /** Every migration that was begun, oldest first; none when our tables are not there. */
  List<RecordedMigration> migrations() throws SQLException {
    var recorded = new ArrayList<RecordedMigration>();
    if (isMissing("slipway.migrations")) {
      return List.of();
    }
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT * FROM slipway.migrations")) {
      while (rows.next()) {
        recorded.add(migration(rows));
      }
    }
    recorded.sort(Comparator.comparing(RecordedMigration::version));
    return List.copyOf(recorded);
  }

  /** Whether a release was seen to work on a schema. */
  boolean isProven(ReleaseLabels release, Digest fingerprint) throws SQLException {
    if (isMissing("slipway.proofs")) {
      return false;
    }
    try (var statement =
        connection.prepareStatement(
            """
            SELECT 1 FROM slipway.proofs
            WHERE artifact = ? AND configuration = ? AND fingerprint = ?
            """)) {
      statement.setString(1, release.artifact().text());
      statement.setString(2, release.configuration().text());
      statement.setString(3, fingerprint.text());
      try (var rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  /** Records that a release was seen to work on a schema. */
  void prove(ReleaseLabels release, Digest fingerprint) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            """
            INSERT INTO slipway.proofs (artifact, configuration, fingerprint, release)
            VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING
            """)) {
      statement.setString(1, release.artifact().text());
      statement.setString(2, release.configuration().text());
      statement.setString(3, fingerprint.text());
      statement.setLong(4, release.release());
      statement.executeUpdate();
    }
  }

  private static RecordedMigration migration(ResultSet row) throws SQLException {
    var after = row.getString("fingerprint_after");
    var contents = row.getString("contents");
    return new RecordedMigration(
        Version.of(row.getString("version")),
        row.getString("description"),
        new Digest(row.getString("checksum")),
        new SqlFile(row.getString("down_name"), row.getString("down_sql")),
        new Schema(List.of((String[]) row.getArray("schema_before").getArray())),
        after == null ? null : new Digest(after),
        row.getBoolean("stands_alone"),
        parsed(row.getString("brought"), DataPlace[].class),
        contents == null ? null : parsed(contents, Contents[].class));
  }

  private static <T> List<T> parsed(String json, Class<T[]> type) {
    return List.of(Json.read(json.getBytes(UTF_8), type));
  }

  private boolean isMissing(String table) throws SQLException {
    try (var statement = connection.prepareStatement("SELECT to_regclass(?)")) {
      statement.setString(1, table);
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getString(1) == null;
      }
    }
  }

  private void update(String sql, @Nullable String... values) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      for (var i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  private static String resource(String name) {
    try (var stream = Objects.requireNonNull(Bookkeeping.class.getResourceAsStream(name))) {
      return new String(stream.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("our own " + name, e);
    }
  }
}
