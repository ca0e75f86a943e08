package dev.slipway.activities.environment;

import dev.slipway.activities.store.Store;
import dev.slipway.artifact.Digest;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.LedgerEntry;
import dev.slipway.environment.LedgerEvent;
import dev.slipway.environment.LedgerView;
import dev.slipway.json.Json;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The environments' releases in the store: a record for each entry, which names the digest of the
 * one before, so that a changed or missing entry shows.
 */
public final class Ledger {
  private final Store store;
  private final InstantSource clock;

  public Ledger(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Reads an environment's ledger.
   *
   * @throws IOException when it can't be read, or was changed afterwards
   */
  public LedgerView view(EnvironmentId environment) throws IOException {
    return new LedgerView(read(environment).entries());
  }

  /** Appends an event, unless the same one is already there; answers its entry. */
  public LedgerEntry append(EnvironmentId environment, LedgerEvent event) throws IOException {
    while (true) {
      var chain = read(environment);
      for (var entry : chain.entries()) {
        if (isSame(entry.event(), event)) {
          return entry;
        }
      }
      var entry =
          new LedgerEntry(chain.entries().size() + 1L, chain.last(), clock.instant(), event);
      if (store.create(LedgerEntry.name(environment, entry.sequence()), Json.bytes(entry))) {
        return entry;
      }
    }
  }

  /** A release's time is taken anew when its activity is done twice; it is the same release. */
  private static boolean isSame(LedgerEvent there, LedgerEvent wanted) {
    if (there instanceof LedgerEvent.Released(var old)
        && wanted instanceof LedgerEvent.Released(var other)) {
      return old.number() == other.number() && old.run() == other.run();
    }
    return there.equals(wanted);
  }

  private record Chain(List<LedgerEntry> entries, @Nullable Digest last) {}

  private Chain read(EnvironmentId environment) throws IOException {
    var entries = new ArrayList<LedgerEntry>();
    Digest last = null;
    for (var name : store.list(LedgerEntry.folder(environment))) {
      var bytes =
          store
              .read(LedgerEntry.folder(environment) + "/" + name)
              .orElseThrow(() -> broken(environment, name, "is gone"));
      var entry = Json.read(bytes, LedgerEntry.class);
      if (entry.sequence() != entries.size() + 1L || !Objects.equals(entry.previous(), last)) {
        throw broken(environment, name, "does not follow from the entry before it");
      }
      entries.add(entry);
      last = Digest.of(bytes);
    }
    return new Chain(entries, last);
  }

  private static IOException broken(EnvironmentId environment, String name, String how) {
    return new IOException(
        "the ledger of %s was changed: entry %s %s".formatted(environment, name, how));
  }
}
