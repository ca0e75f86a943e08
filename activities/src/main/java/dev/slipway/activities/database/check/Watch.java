package dev.slipway.activities.database.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.activities.database.check.Observation.Effect;
import dev.slipway.activities.database.script.SqlScript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Sees what scripts do to a scratch database: PostgreSQL itself tells what is dropped, rewritten,
 * locked and deleted, also by code that a script runs. A script's text is never searched.
 */
final class Watch {
  private static final String SETUP = resource("watch.sql");
  private static final String TABLES =
      """
      SELECT c.oid, format('%I.%I', n.nspname, c.relname)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'm') AND c.relpersistence <> 't'
        AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'slipway_watch')
        AND c.relname <> 'flyway_schema_history'
      """;
  private static final String UNWATCHED =
      """
      SELECT format('CREATE TRIGGER slipway_watch_%s AFTER %s ON %s FOR EACH STATEMENT'
          ' EXECUTE FUNCTION slipway_watch.changed()', lower(op), op, c.oid::regclass)
      FROM slipway_watch.known k
      JOIN pg_class c ON c.oid = k.oid AND c.relkind IN ('r', 'p')
      CROSS JOIN unnest(ARRAY['DELETE', 'UPDATE', 'TRUNCATE']) AS op
      WHERE NOT EXISTS (
        SELECT FROM pg_trigger t
        WHERE t.tgrelid = c.oid AND t.tgname = 'slipway_watch_' || lower(op))
      """;

  private final Connection superuser;

  /**
   * @param superuser a connection of the scratch cluster's superuser to the watched database
   */
  Watch(Connection superuser) throws SQLException {
    this.superuser = superuser;
    // Nothing that a migration made may run with the superuser's rights.
    execute("SET search_path = pg_catalog, pg_temp");
    for (var part : SqlScript.statements(SETUP)) {
      execute(part.text());
    }
  }

  /** From now on, what is done to the tables that are there now counts. */
  void begin() throws SQLException {
    execute("TRUNCATE slipway_watch.known, slipway_watch.known_column, slipway_watch.event");
    execute("INSERT INTO slipway_watch.known " + TABLES);
    execute(
        "INSERT INTO slipway_watch.known_column SELECT k.oid, a.attnum, k.id || '.' ||"
            + " quote_ident(a.attname) FROM slipway_watch.known k JOIN pg_attribute a ON a.attrelid"
            + " = k.oid WHERE a.attnum > 0 AND NOT a.attisdropped");
    for (var statement : texts(UNWATCHED)) {
      execute(statement);
    }
  }

  /** Forgets what was seen, and keeps what counts. */
  void forget() throws SQLException {
    execute("TRUNCATE slipway_watch.event");
  }

  /** Looks at the locks that a session holds now; the last chance is right before its commit. */
  void lookAtLocks(int session) throws SQLException {
    execute(
        """
        INSERT INTO slipway_watch.event (effect, object, detail)
        SELECT DISTINCT 'LOCKED', k.id, l.mode
        FROM pg_locks l JOIN slipway_watch.known k ON k.oid = l.relation
        WHERE l.pid = %d AND l.granted
        """
            .formatted(session));
  }

  /** What was seen since {@link #begin} or {@link #forget}. */
  List<Observation> observations(RowCounts counts) throws SQLException {
    var seen = new LinkedHashSet<Observation>();
    try (var statement = superuser.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT effect, object, detail FROM slipway_watch.event ORDER BY at")) {
      while (rows.next()) {
        var object = rows.getString(2);
        var detail = rows.getString(3);
        switch (rows.getString(1)) {
          case "LOST" -> seen.add(new Observation(Effect.DROPS_DATA, object, detail));
          case "DROPPED" -> seen.add(new Observation(Effect.DROPS, object, detail));
          case "REWRITTEN" -> seen.add(new Observation(Effect.REWRITES, object, detail));
          case "LOCKED" -> locked(object, detail, seen);
          case "DELETE" ->
              seen.add(
                  new Observation(
                      Effect.DELETES_ROWS, object, counts.text(oid(object), "deleted")));
          case "TRUNCATE" -> seen.add(new Observation(Effect.DELETES_ROWS, object, "all of them"));
          case "UPDATE" -> seen.add(new Observation(Effect.CHANGES_ROWS, object, ""));
          default -> throw new IllegalStateException(rows.getString(1));
        }
      }
    }
    // Triggers can be switched off by the table's owner; what was counted can't.
    for (var table : counts.deletedFrom()) {
      for (var id : texts("SELECT id FROM slipway_watch.known WHERE oid = " + table)) {
        if (seen.stream()
            .noneMatch(o -> o.effect() == Effect.DELETES_ROWS && o.object().equals(id))) {
          seen.add(new Observation(Effect.DELETES_ROWS, id, counts.text(table, "deleted")));
        }
      }
    }
    return withoutWeakerLocks(seen);
  }

  private long oid(String table) throws SQLException {
    try (var statement =
        superuser.prepareStatement("SELECT oid FROM slipway_watch.known WHERE id = ?")) {
      statement.setString(1, table);
      try (var rows = statement.executeQuery()) {
        return rows.next() ? rows.getLong(1) : 0;
      }
    }
  }

  private static void locked(String table, String mode, Set<Observation> seen) {
    switch (mode) {
      case "AccessExclusiveLock" -> seen.add(new Observation(Effect.BLOCKS_READS, table, ""));
      case "ExclusiveLock", "ShareRowExclusiveLock", "ShareLock" ->
          seen.add(new Observation(Effect.BLOCKS_WRITES, table, ""));
      default -> {
        // Weaker ones let applications read and write.
      }
    }
  }

  private static List<Observation> withoutWeakerLocks(Set<Observation> seen) {
    return seen.stream()
        .filter(
            o ->
                o.effect() != Effect.BLOCKS_WRITES
                    || !seen.contains(new Observation(Effect.BLOCKS_READS, o.object(), "")))
        .toList();
  }

  private List<String> texts(String query) throws SQLException {
    try (var statement = superuser.createStatement();
        var rows = statement.executeQuery(query)) {
      var texts = new ArrayList<String>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }

  private void execute(String sql) throws SQLException {
    try (var statement = superuser.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }

  private static String resource(String name) {
    try (var stream = Objects.requireNonNull(Watch.class.getResourceAsStream(name))) {
      return new String(stream.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("our own " + name, e);
    }
  }
}
