package dev.slipway.activities.database.check;

/**
 * What a script was seen to do to something that was there before.
 *
 * @param object a table, a column or another thing of the schema, with its schema's name
 * @param detail what exactly, for people; may be empty
 */
public record Observation(Effect effect, String object, String detail) {
  /** What was done. */
  public enum Effect {
    /** It is gone, with what it held. */
    DROPS_DATA,
    /** It is gone; a script can make it again. */
    DROPS,
    /** Rows were deleted, or would have been if the condition had met one. */
    DELETES_ROWS,
    /** Rows were changed, or would have been. */
    CHANGES_ROWS,
    /** Every row was written anew while nobody could read the table. */
    REWRITES,
    /** Nobody could read or write it until the transaction's end. */
    BLOCKS_READS,
    /** Nobody could write it until the transaction's end. */
    BLOCKS_WRITES;

    /** Whether something is lost that no script brings back. */
    public boolean loses() {
      return switch (this) {
        case DROPS_DATA, DELETES_ROWS -> true;
        case DROPS, CHANGES_ROWS, REWRITES, BLOCKS_READS, BLOCKS_WRITES -> false;
      };
    }

    private String verb() {
      return switch (this) {
        case DROPS_DATA, DROPS -> "drops";
        case DELETES_ROWS -> "deletes rows of";
        case CHANGES_ROWS -> "changes rows of";
        case REWRITES -> "rewrites";
        case BLOCKS_READS -> "locks against reading and writing";
        case BLOCKS_WRITES -> "locks against writing";
      };
    }
  }

  /** One line for people. */
  public String text() {
    return "%s %s%s".formatted(effect.verb(), object, detail.isEmpty() ? "" : " (" + detail + ")");
  }
}
