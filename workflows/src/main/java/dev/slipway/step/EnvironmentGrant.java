package dev.slipway.step;

import dev.slipway.environment.EnvironmentState;
import dev.slipway.pipeline.EnvironmentSpec;
import org.jspecify.annotations.Nullable;

/**
 * The right to change an environment, as a step receives it.
 *
 * @param spec the environment as the frozen plan has it
 * @param fencingToken rises with every grant and every undo; a target refuses a lower one than it
 *     has seen
 * @param before the environment as it was at the run's first grant
 * @param release the number that the release will have in the ledger
 * @param approver who let the run in; null when nobody was asked
 * @param earlier the environment that must have had everything before; null when there is none
 */
public record EnvironmentGrant(
    EnvironmentSpec spec,
    long fencingToken,
    EnvironmentState before,
    long release,
    @Nullable String approver,
    @Nullable EnvironmentSpec earlier) {}
