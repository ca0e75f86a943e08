package dev.slipway.activities.database.script;

/** A statement of a script failed. */
public final class SqlFailedException extends Exception {
  private final transient SqlFailure failure;

  public SqlFailedException(SqlFailure failure, Throwable cause) {
    super(failure.text(), cause);
    this.failure = failure;
  }

  public SqlFailure failure() {
    return failure;
  }
}
