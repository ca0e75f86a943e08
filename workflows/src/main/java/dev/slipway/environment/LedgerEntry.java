package dev.slipway.environment;

import dev.slipway.artifact.Digest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of an environment's ledger, kept in the store as {@code
 * ledger/<environment>/<sequence>}.
 *
 * @param sequence 1 for the first
 * @param previous the digest of the entry before, as bytes in the store; null for the first
 */
public record LedgerEntry(long sequence, @Nullable Digest previous, Instant at, LedgerEvent event) {
  /** The folder in the store that has a folder for each application. */
  public static final String FOLDER = "ledger";

  /** The folder of an environment's ledger in the store. */
  public static String folder(EnvironmentId environment) {
    return FOLDER + "/" + environment.path();
  }

  /** Where the entry of that sequence is kept. */
  public static String name(EnvironmentId environment, long sequence) {
    return "%s/%06d".formatted(folder(environment), sequence);
  }
}
