package dev.slipway.activities.environment;

import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.LedgerEntry;
import java.io.IOException;
import java.io.Serial;

/** A ledger is not as it was written; no second try mends that. */
public final class BrokenLedgerException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final String happened;
  private final String advice;

  BrokenLedgerException(EnvironmentId environment, String name, String how) {
    this(
        "the ledger of %s was changed: entry %s %s".formatted(environment, name, how),
        "put the store's folder names/%s back from a copy"
            .formatted(LedgerEntry.folder(environment)));
  }

  private BrokenLedgerException(String happened, String advice) {
    super(happened + "; " + advice);
    this.happened = happened;
    this.advice = advice;
  }

  /** What is wrong, and where. */
  public String happened() {
    return happened;
  }

  /** What a person can do. */
  public String advice() {
    return advice;
  }
}
