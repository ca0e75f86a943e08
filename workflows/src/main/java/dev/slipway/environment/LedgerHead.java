package dev.slipway.environment;

import dev.slipway.artifact.Digest;
import java.util.Objects;

/**
 * Where an environment's ledger ended when it was last written: what a chain of digests alone can't
 * show is that its end was cut off.
 *
 * @param sequence of the newest entry
 * @param digest of that entry, as bytes in the store
 */
public record LedgerHead(long sequence, Digest digest) {
  public LedgerHead {
    Objects.requireNonNull(digest, "digest");
  }
}
