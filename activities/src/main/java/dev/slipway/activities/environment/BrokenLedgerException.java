package dev.slipway.activities.environment;

import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.LedgerEntry;
import java.io.IOException;
import java.io.Serial;

/** A ledger is not as it was written; no second try mends that. */
public final class BrokenLedgerException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  BrokenLedgerException(EnvironmentId environment, String name, String how) {
    super(
        "the ledger of %s was changed: entry %s %s; put the store's folder %s back from a copy"
            .formatted(environment, name, how, LedgerEntry.folder(environment)));
  }
}
