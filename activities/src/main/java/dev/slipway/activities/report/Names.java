package dev.slipway.activities.report;

/** Texts out of reports, made fit to show. */
final class Names {
  private static final int MOST_SHOWN = 160;

  private Names() {}

  /** One line of bounded length. */
  static String shown(String text) {
    var line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() > MOST_SHOWN ? line.substring(0, MOST_SHOWN) + "…" : line;
  }
}
