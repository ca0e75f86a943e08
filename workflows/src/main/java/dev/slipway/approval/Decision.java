package dev.slipway.approval;

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
  /** Yes or no. */
  public enum Answer {
    APPROVE,
    REJECT
  }
}
