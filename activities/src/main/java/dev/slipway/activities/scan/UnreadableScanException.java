package dev.slipway.activities.scan;

/** A scanner's report that can't be trusted: it blocks, since nobody knows what it would say. */
final class UnreadableScanException extends Exception {
  /**
   * @param why the end of a sentence about the report
   */
  UnreadableScanException(String why) {
    super("the scanner's report " + why);
  }
}
