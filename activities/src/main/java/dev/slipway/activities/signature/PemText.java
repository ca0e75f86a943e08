package dev.slipway.activities.signature;

/** Keys as people keep them. */
final class PemText {
  private PemText() {}

  /** Whether this is a key itself, and not where it is. */
  static boolean isIn(String text) {
    return text.contains("-----BEGIN ");
  }

  /**
   * The key with its lines: the worker's file of secrets has one line for each, with {@code \n}.
   */
  static String of(String text) {
    return text.replace("\\n", "\n").strip() + "\n";
  }
}
