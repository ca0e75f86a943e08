package dev.slipway.activities.database.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.artifact.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * What a database's schema is made of: tables, columns, constraints, indexes, sequences, views,
 * routines, triggers, types, policies, extensions, grants and comments. Neither the order in which
 * things came to be nor the order of columns counts; our own bookkeeping and Flyway's history are
 * left out.
 *
 * @param lines one for each thing, sorted
 */
public record Schema(List<String> lines) {
  private static final String QUERY = resource("schema.sql");
  private static final int MOST_DIFFERENCES = 6;
  private static final int MOST_CHARACTERS = 160;

  public Schema {
    lines = List.copyOf(lines);
  }

  /** Reads it; inside the connection's transaction if it has one. */
  public static Schema of(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      var path = SearchPath.only(statement, "pg_catalog");
      var lines = new ArrayList<String>();
      try (var rows = statement.executeQuery(QUERY)) {
        while (rows.next()) {
          lines.add(rows.getString(1));
        }
      }
      path.restore(statement);
      return new Schema(lines);
    }
  }

  /** The same for the same schema, and another one for any other. */
  public Digest fingerprint() {
    var hash = Digest.newHash();
    for (var line : lines) {
      hash.update(line.getBytes(UTF_8));
      hash.update((byte) 0);
    }
    return Digest.ofHash(hash.digest());
  }

  /**
   * What is in one and not in the other, for people; empty when they are the same.
   *
   * @param wanted what it should be
   */
  public List<String> differences(Schema wanted) {
    var differences = new ArrayList<String>();
    minus(wanted.lines, lines).forEach(line -> differences.add("missing: " + line));
    minus(lines, wanted.lines).forEach(line -> differences.add("left over: " + line));
    var shown =
        new ArrayList<>(
            differences.stream().limit(MOST_DIFFERENCES).map(Schema::shortened).toList());
    if (differences.size() > MOST_DIFFERENCES) {
      shown.add("and %d more".formatted(differences.size() - MOST_DIFFERENCES));
    }
    return shown;
  }

  private static List<String> minus(List<String> lines, List<String> without) {
    var known = new HashSet<>(without);
    return lines.stream().filter(line -> !known.contains(line)).toList();
  }

  private static String shortened(String line) {
    var one = line.replaceAll("\\s+", " ");
    return one.length() <= MOST_CHARACTERS ? one : one.substring(0, MOST_CHARACTERS) + "…";
  }

  private static String resource(String name) {
    try (var stream = Objects.requireNonNull(Schema.class.getResourceAsStream(name))) {
      return new String(stream.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("our own " + name, e);
    }
  }
}
