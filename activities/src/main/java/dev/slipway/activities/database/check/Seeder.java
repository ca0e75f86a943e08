package dev.slipway.activities.database.check;

import dev.slipway.activities.database.check.TableShape.Column;
import dev.slipway.activities.database.check.TableShape.Condition;
import dev.slipway.activities.database.check.TableShape.Presence;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/**
 * Puts a generated row into every table, so that what a migration does to rows can be seen. It goes
 * by the catalogs alone: types, defaults, foreign keys, unique and other constraints. It works with
 * the owner's rights, since triggers and defaults of an unknown author run meanwhile.
 */
final class Seeder {
  private static final int MOST_TRIES = 400;
  private static final int MOST_REFERENCED_ROWS = 4;
  private static final String CHECK_VIOLATION = "23514";
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String EXCLUSION_VIOLATION = "23P01";
  private static final String NULL_VIOLATION = "23502";

  private final Connection owner;
  private final Values values;
  private final Set<String> done = new HashSet<>();

  /**
   * @param owner a connection of the database's owner that does not commit by itself
   */
  Seeder(Connection owner) {
    this.owner = owner;
    this.values = new Values(owner);
  }

  /**
   * Fills every table that is new or has changed.
   *
   * @return the tables that hold no row, with the reason
   */
  Map<String, String> seed() throws SQLException {
    var open = new ArrayList<TableShape>();
    for (var shape : TableShapes.read(owner)) {
      if (!done.contains(shape.identity()) || isEmpty(shape)) {
        open.add(shape);
      }
    }
    var reasons = new HashMap<String, String>();
    var progress = true;
    // A table waits for those that it refers to; who waits for itself is tried in the end.
    while (progress && !open.isEmpty()) {
      progress = false;
      for (var shape : List.copyOf(open)) {
        var reason = insert(shape);
        if (reason.isEmpty()) {
          done.add(shape.identity());
          open.remove(shape);
          reasons.remove(shape.id());
          progress = true;
        } else {
          reasons.put(shape.id(), reason.get());
        }
      }
    }
    for (var shape : open) {
      // A table that takes one row only has it already.
      if (!isEmpty(shape)) {
        reasons.remove(shape.id());
        done.add(shape.identity());
      }
    }
    owner.commit();
    return Map.copyOf(reasons);
  }

  private Optional<String> insert(TableShape shape) throws SQLException {
    var choices = choices(shape);
    for (var column : shape.columns()) {
      if (choices.getOrDefault(column.name(), List.of()).isEmpty()) {
        return Optional.of(
            "no value of type %s is known for %s".formatted(column.type(), column.name()));
      }
    }
    var picks = new Picks(choices);
    for (var tries = 0; tries < MOST_TRIES; tries++) {
      var failure = attempt(shape, choices, picks);
      if (failure.isEmpty()) {
        return Optional.empty();
      }
      if (!picks.advance(blamed(shape, failure.get()))) {
        return Optional.of(reason(failure.get()));
      }
    }
    return Optional.of("no row of %d tried meets its constraints".formatted(MOST_TRIES));
  }

  private Map<String, List<String>> choices(TableShape shape) throws SQLException {
    var choices = new HashMap<String, List<String>>();
    for (var column : shape.columns()) {
      var wished = new ArrayList<String>();
      for (var condition : shape.conditions()) {
        if (condition.columns().contains(column.name())) {
          wished.addAll(Literals.of(condition.text()));
        }
      }
      var expressions = new ArrayList<String>();
      if (column.presence() == Presence.DEFAULTED) {
        expressions.add("DEFAULT");
      }
      expressions.addAll(values.of(column, wished));
      if (column.presence() == Presence.OPTIONAL) {
        expressions.add("NULL");
      }
      choices.put(column.name(), expressions);
    }
    for (var reference : shape.references()) {
      for (var i = 0; i < reference.columns().size(); i++) {
        var column = reference.columns().get(i);
        var rows = new ArrayList<String>();
        for (var row = 0; row < MOST_REFERENCED_ROWS; row++) {
          rows.add(
              "(SELECT %s FROM %s ORDER BY tableoid, ctid DESC OFFSET %d LIMIT 1)"
                  .formatted(reference.targets().get(i), reference.tableId(), row));
        }
        if (reference.table() == shape.oid()) {
          // The first row of a tree refers to itself, or to none.
          rows.addAll(choices.getOrDefault(reference.targets().get(i), List.of()));
        }
        if (shape.column(column).map(Column::presence).orElse(Presence.OPTIONAL)
            == Presence.OPTIONAL) {
          rows.add("NULL");
        }
        choices.put(column, rows);
      }
    }
    return choices;
  }

  private Optional<SQLException> attempt(
      TableShape shape, Map<String, List<String>> choices, Picks picks) throws SQLException {
    var names = new ArrayList<String>();
    var expressions = new ArrayList<String>();
    for (var column : shape.columns()) {
      names.add(column.name());
      expressions.add(choices.getOrDefault(column.name(), List.of()).get(picks.of(column.name())));
    }
    var insert =
        names.isEmpty()
            ? "INSERT INTO %s DEFAULT VALUES".formatted(shape.id())
            : "INSERT INTO %s (%s) VALUES (%s)"
                .formatted(shape.id(), String.join(", ", names), String.join(", ", expressions));
    var savepoint = owner.setSavepoint();
    try (var statement = owner.createStatement()) {
      statement.setEscapeProcessing(false);
      if (statement.executeUpdate(insert) == 0) {
        return Optional.of(new SQLException("a trigger or rule drops the row", "P0001"));
      }
      // What is checked at the commit is checked now, while another row can be tried.
      statement.execute("SET CONSTRAINTS ALL IMMEDIATE");
      statement.execute("SET CONSTRAINTS ALL DEFERRED");
      owner.releaseSavepoint(savepoint);
      return Optional.empty();
    } catch (SQLException e) {
      if (owner.isClosed()) {
        throw e;
      }
      owner.rollback(savepoint);
      return Optional.of(e);
    }
  }

  /** The columns whose values may be to blame; none when no other value would help. */
  private static Set<String> blamed(TableShape shape, SQLException failure) {
    var server =
        failure instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
    if (server == null) {
      return Set.of();
    }
    var constraint = server.getConstraint();
    return switch (String.valueOf(failure.getSQLState())) {
      case CHECK_VIOLATION -> columns(shape, shape.conditions(), constraint);
      case UNIQUE_VIOLATION, EXCLUSION_VIOLATION -> columns(shape, shape.unique(), constraint);
      case NULL_VIOLATION ->
          server.getColumn() == null
              ? Set.of()
              : known(shape, Set.of(server.getColumn(), "\"" + server.getColumn() + "\""));
      default -> Set.of();
    };
  }

  private static Set<String> columns(
      TableShape shape, List<Condition> conditions, @Nullable String name) {
    var columns = new LinkedHashSet<String>();
    for (var condition : conditions) {
      if (Objects.equals(name, condition.name())) {
        columns.addAll(condition.columns());
      }
    }
    return known(shape, columns);
  }

  private static Set<String> known(TableShape shape, Set<String> columns) {
    var known = new LinkedHashSet<>(columns);
    known.removeIf(column -> shape.column(column).isEmpty());
    return known;
  }

  private boolean isEmpty(TableShape shape) throws SQLException {
    try (var statement = owner.createStatement();
        var rows = statement.executeQuery("SELECT FROM ONLY %s LIMIT 1".formatted(shape.id()))) {
      return !rows.next();
    }
  }

  private static String reason(SQLException failure) {
    var server =
        failure instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
    var message = server == null ? failure.getMessage() : server.getMessage();
    return message == null ? "refused" : message.lines().findFirst().orElse("refused");
  }
}
