package dev.slipway.starter.view;

import dev.slipway.environment.LedgerEvent;
import dev.slipway.environment.LedgerEvent.Adopted;
import dev.slipway.environment.LedgerEvent.Discredited;
import dev.slipway.environment.LedgerEvent.HoldLifted;
import dev.slipway.environment.LedgerEvent.Released;
import dev.slipway.environment.LedgerEvent.RolledBack;
import dev.slipway.environment.LedgerEvent.UndoFailed;
import dev.slipway.environment.LedgerEvent.Undone;
import dev.slipway.environment.Release;

/** An environment's history in words. */
public final class LedgerText {
  private LedgerText() {}

  /** What happened: one or two words. */
  public static String word(LedgerEvent event, Paint paint) {
    return switch (event) {
      case Adopted ignored -> "adopted";
      case Released ignored -> paint.green("released");
      case Undone ignored -> paint.yellow("undone");
      case RolledBack ignored -> paint.yellow("rolled back");
      case UndoFailed ignored -> paint.red("undo failed");
      case Discredited ignored -> paint.yellow("discredited");
      case HoldLifted ignored -> "hold lifted";
    };
  }

  /** The number of the release that it is about; empty when it is about none. */
  public static String release(LedgerEvent event) {
    return switch (event) {
      case Adopted(var release) -> Long.toString(release.number());
      case Released(var release) -> Long.toString(release.number());
      case Undone undone -> Long.toString(undone.release());
      case RolledBack back ->
          back.from() + " to " + (back.to() < 0 ? "none" : Long.toString(back.to()));
      case UndoFailed failed -> Long.toString(failed.release());
      case Discredited discredited -> Long.toString(discredited.release());
      case HoldLifted ignored -> "";
    };
  }

  /** The run that did it; empty for none. */
  public static String run(LedgerEvent event) {
    return switch (event) {
      case Adopted ignored -> "";
      case Released(var release) -> Long.toString(release.run());
      case Undone undone -> Long.toString(undone.run());
      case RolledBack back -> Long.toString(back.run());
      case UndoFailed failed -> Long.toString(failed.run());
      case Discredited discredited -> Long.toString(discredited.run());
      case HoldLifted ignored -> "";
    };
  }

  /** The commit and the rest, one line. */
  public static String what(LedgerEvent event) {
    return switch (event) {
      case Adopted(var release) -> "was there before the first run" + source(release);
      case Released(var release) -> source(release).strip();
      case Undone undone ->
          "%.8s%s: %s; %s"
              .formatted(
                  undone.commit(), held(undone.held()), undone.reason(), undone.schema().text());
      case RolledBack back ->
          "%.8s%s by %s: %s; %s"
              .formatted(
                  back.commit(), held(back.held()), back.by(), back.reason(), back.schema().text());
      case UndoFailed failed ->
          "%.8s%s: %s".formatted(failed.commit(), held(failed.held()), failed.reason());
      case Discredited discredited -> "%s further on".formatted(discredited.why());
      case HoldLifted(var commit, var by) -> "%.8s by %s".formatted(commit, by);
    };
  }

  private static String held(boolean held) {
    return held ? " (held)" : "";
  }

  private static String source(Release release) {
    return release.source() == null
        ? ""
        : " " + release.source().abbreviatedCommit() + " " + release.source().subject();
  }
}
