package dev.slipway.text;

/** A number with its noun. */
public final class Counted {
  private Counted() {}

  /**
   * {@code 1 error}, {@code 2 errors}.
   *
   * @param noun in the singular; its plural ends in an s
   */
  public static String of(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
