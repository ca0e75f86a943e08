package dev.slipway.activities.database.script;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/**
 * What a database said about a statement.
 *
 * @param file the script's name
 * @param line in it, from 1
 * @param state PostgreSQL's error code, five characters; empty when there is none
 * @param message without values of rows
 */
public record SqlFailure(String file, int line, String state, String message) {
  /** A lock was not free in time. */
  public static final String LOCK_NOT_AVAILABLE = "55P03";

  /** The transaction holds a statement that must stand alone. */
  public static final String IN_TRANSACTION = "25001";

  /**
   * @param statement null when the failure belongs to none
   */
  public static SqlFailure of(String file, @Nullable SqlStatement statement, SQLException failure) {
    var state = failure.getSQLState() == null ? "" : failure.getSQLState();
    var server =
        failure instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
    if (server == null) {
      return new SqlFailure(
          file, statement == null ? 1 : statement.line(), state, firstLine(failure.getMessage()));
    }
    var line = 1;
    if (statement != null) {
      line = statement.line() + lines(statement.text(), server.getPosition() - 1);
    }
    // The detail can hold a row's values, which belong into no log.
    return new SqlFailure(file, line, state, firstLine(server.getMessage()));
  }

  /** One line for people. */
  public String text() {
    return "%s, line %d: %s".formatted(file, line, message);
  }

  private static int lines(String text, int position) {
    return position <= 0
        ? 0
        : (int)
            text.substring(0, text.offsetByCodePoints(0, Math.min(position, text.length())))
                .chars()
                .filter(character -> character == '\n')
                .count();
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "failed" : message.lines().findFirst().orElse("failed");
  }
}
