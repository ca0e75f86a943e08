package dev.slipway.approval;

import dev.slipway.text.Printable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a person decided.
 *
 * @param answer yes or no
 * @param by who, as they named themselves or as the worker verified
 * @param comment why; null when nothing was said
 * @param at when the run received it
 */
public record Decision(Answer answer, String by, @Nullable String comment, Instant at) {
  /** What anybody may send reaches terminals; it must not steer them. */
  public Decision {
    by = Printable.of(by);
    comment = comment == null ? null : Printable.of(comment);
  }

  /** Who decides without saying who they are: anybody who reaches Temporal. */
  public static final String NAMELESS = "somebody without a name";

  /** Yes or no. */
  public enum Answer {
    APPROVE,
    REJECT
  }
}
