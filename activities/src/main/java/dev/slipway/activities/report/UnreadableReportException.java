package dev.slipway.activities.report;

/** A report that can't be trusted: it blocks, since nobody knows what it would have said. */
public final class UnreadableReportException extends Exception {
  /**
   * @param source the report's path in the step's directory
   * @param why the end of a sentence about it
   */
  public UnreadableReportException(String source, String why) {
    super("the report `%s` %s".formatted(source, why));
  }

  public UnreadableReportException(String source, String why, Throwable cause) {
    this(source, why);
    initCause(cause);
  }
}
