package dev.slipway.activities.database.migrate;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the data are that a down would drop. */
final class Losses {
  private static final Duration LONGEST_COUNT = Duration.ofSeconds(15);
  private static final String QUERY_CANCELED = "57014";

  private Losses() {}

  /**
   * What these downs would lose now, one line each. What a migration itself put there, and nobody
   * changed since, is no loss.
   */
  static List<String> of(Connection connection, List<RecordedMigration> migrations)
      throws SQLException {
    var places = DataPlaces.of(connection);
    var losses = new ArrayList<String>();
    for (var migration : migrations) {
      for (var i = 0; i < migration.brought().size(); i++) {
        var place = places.now(migration.brought().get(i));
        if (place.isEmpty()) {
          continue;
        }
        var contents = measured(connection, place.get());
        if (contents.isEmpty()) {
          losses.add("%s holds too much to be counted quickly".formatted(place.get().text()));
        } else if (contents.get().count() > 0
            && !(migration.contents() != null
                && contents.get().equals(migration.contents().get(i)))) {
          losses.add(contents.get().text(place.get()));
        }
      }
    }
    return losses;
  }

  /** What each of these places holds, nothing where one is gone; empty when it takes too long. */
  static Optional<List<Contents>> contents(Connection connection, List<DataPlace> brought)
      throws SQLException {
    var places = DataPlaces.of(connection);
    var all = new ArrayList<Contents>();
    for (var once : brought) {
      var place = places.now(once);
      var contents =
          place.isEmpty() ? Optional.of(Contents.NONE) : measured(connection, place.get());
      if (contents.isEmpty()) {
        return Optional.empty();
      }
      all.add(contents.get());
    }
    return Optional.of(all);
  }

  private static Optional<Contents> measured(Connection connection, DataPlace place)
      throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("SET statement_timeout = " + LONGEST_COUNT.toMillis());
    }
    try {
      return Optional.of(Contents.of(connection, place));
    } catch (SQLException e) {
      if (QUERY_CANCELED.equals(e.getSQLState())) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
