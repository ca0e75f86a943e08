package dev.slipway.approval;

import org.jspecify.annotations.Nullable;

/**
 * What the signals {@code approve} and {@code reject} and the update {@code decide} carry.
 *
 * @param answer of an update; a signal's name says it
 * @param by who decides; the local user when absent
 * @param comment why
 * @param question the question that is answered, so that an answer that comes late is not taken for
 *     another question; null answers the one that is open
 */
public record DecisionRequest(
    Decision.@Nullable Answer answer,
    @Nullable String by,
    @Nullable String comment,
    @Nullable String question) {}
