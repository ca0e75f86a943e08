package dev.slipway.environment;

import dev.slipway.artifact.Digest;
import org.jspecify.annotations.Nullable;

/**
 * What a deployed application says about itself in the target, so that an empty ledger finds
 * release 0 in reality.
 *
 * @param release its number in the ledger
 * @param run the run that deployed it
 * @param commit the full hash; null when it is not known, as of what others deployed
 * @param artifact what runs
 * @param configuration of the environment it runs with
 * @param approver who let it in; null when nobody was asked
 */
public record ReleaseLabels(
    EnvironmentId environment,
    long release,
    long run,
    @Nullable String commit,
    Digest artifact,
    Digest configuration,
    @Nullable String approver) {}
