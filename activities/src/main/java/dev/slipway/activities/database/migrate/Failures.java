package dev.slipway.activities.database.migrate;

import dev.slipway.action.FailureType;
import dev.slipway.activities.database.script.SqlFailedException;
import dev.slipway.activities.database.script.SqlFailure;
import dev.slipway.activities.database.session.Sessions;
import dev.slipway.step.StepFailedException;
import java.sql.SQLException;

/** What a database's refusals mean for whoever changes its schema. */
final class Failures {
  private static final String QUERY_CANCELED = "57014";
  private static final String NOT_ALLOWED = "42501";

  private Failures() {}

  /** A statement of ours failed. */
  static StepFailedException of(SQLException e) {
    return switch (String.valueOf(e.getSQLState())) {
      case SqlFailure.LOCK_NOT_AVAILABLE ->
          new StepFailedException(
              FailureType.TRANSIENT,
              "something else held a lock on the database for longer than we wait",
              "It is tried again; look in pg_stat_activity who holds locks for so long.",
              e);
      case NOT_ALLOWED ->
          new StepFailedException(
              FailureType.CONFIGURATION,
              "the database's login may not do this: " + firstLine(e),
              "Let it own the database, or grant it CREATE there; it keeps the way back in the"
                  + " schema `slipway`.",
              e);
      default -> Sessions.failed(e);
    };
  }

  /** A statement of a migration failed. */
  static StepFailedException of(SqlFailedException e) {
    var failure = e.failure();
    if (failure.state().equals(SqlFailure.LOCK_NOT_AVAILABLE)) {
      return new StepFailedException(
          FailureType.TRANSIENT,
          failure.text(),
          "Something held a lock for longer than we let requests queue up behind a migration; it is"
              + " tried again.",
          e);
    }
    if (failure.state().equals(QUERY_CANCELED)) {
      return new StepFailedException(
          FailureType.TIMEOUT,
          failure.text(),
          "Give the step more time with `timeout`, or change less at once.",
          e);
    }
    if (Sessions.isMomentary(failure.state())) {
      return new StepFailedException(
          FailureType.TRANSIENT,
          failure.text(),
          "It is tried again. Look whether the database runs.",
          e);
    }
    return new StepFailedException(
        FailureType.CONFIGURATION,
        failure.text(),
        "Mend the statement; perhaps the environment's data are not what it expects. What ran in a"
            + " transaction left nothing, anything else is taken back before the next try.",
        e);
  }

  private static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
