package dev.slipway.environment;

import dev.slipway.artifact.Digest;
import org.jspecify.annotations.Nullable;

/**
 * What an environment really runs, serves and stores, read from itself and not from the ledger.
 *
 * @param application null when nothing runs
 * @param assets the manifest of the published frontend; null when nothing is
 * @param schema null when the environment has no database
 */
public record EnvironmentState(
    @Nullable Deployment application, @Nullable Digest assets, @Nullable SchemaState schema) {
  /** Nothing runs, nothing is published, no database. */
  public static final EnvironmentState EMPTY = new EnvironmentState(null, null, null);
}
