package dev.slipway.environment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What can happen to an environment's releases. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = LedgerEvent.Adopted.class, name = "adopted"),
  @JsonSubTypes.Type(value = LedgerEvent.Released.class, name = "released"),
  @JsonSubTypes.Type(value = LedgerEvent.Undone.class, name = "undone"),
  @JsonSubTypes.Type(value = LedgerEvent.RolledBack.class, name = "rolled_back"),
  @JsonSubTypes.Type(value = LedgerEvent.UndoFailed.class, name = "undo_failed"),
  @JsonSubTypes.Type(value = LedgerEvent.Discredited.class, name = "discredited"),
  @JsonSubTypes.Type(value = LedgerEvent.HoldLifted.class, name = "hold_lifted")
})
public sealed interface LedgerEvent {
  /** What was found in reality became release 0. */
  record Adopted(Release release) implements LedgerEvent {}

  /** A release went live. */
  record Released(Release release) implements LedgerEvent {}

  /**
   * A release did not come to be, and the environment is as it was before.
   *
   * @param release the number it would have had, which is not given again
   * @param live the release that lives; -1 when none does
   * @param held whether the commit is held until it is reverted or the hold is lifted
   */
  record Undone(
      long release,
      long run,
      String commit,
      String reason,
      long live,
      boolean held,
      SchemaOutcome schema)
      implements LedgerEvent {}

  /**
   * A release that had gone live was taken back.
   *
   * @param from the release that was taken back
   * @param to the release that lives again; -1 when none does
   * @param run that took it back
   * @param commit of the release that was taken back
   * @param held whether that commit is held until it is reverted or the hold is lifted
   */
  record RolledBack(
      long from,
      long to,
      long run,
      String commit,
      String by,
      String reason,
      boolean held,
      SchemaOutcome schema)
      implements LedgerEvent {}

  /**
   * What was changed was not taken back: what lives must be looked at.
   *
   * @param held whether the commit is held until it is reverted or the hold is lifted
   */
  record UndoFailed(long release, long run, String commit, boolean held, String reason)
      implements LedgerEvent {}

  /**
   * A live release's run was rejected or expired further on, so that nothing goes back to it.
   *
   * @param why {@code rejected} or {@code expired}
   */
  record Discredited(long release, long run, String why) implements LedgerEvent {}

  /** A held commit may be released again. */
  record HoldLifted(String commit, String by) implements LedgerEvent {}
}
