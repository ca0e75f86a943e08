package dev.slipway.activities.database.check;

/**
 * Why a migration must not pass.
 *
 * @param text one line for people that names the file
 */
public record Finding(Kind kind, String text) {
  /** What is wrong. */
  public enum Kind {
    /** It does not run. */
    FAILS,
    /** It can't be taken back. */
    NO_WAY_BACK,
    /** It loses what no script brings back; a person may accept that. */
    LOSES_DATA,
    /** What it does to rows could not be seen. */
    NOT_PROVEN
  }
}
