package dev.slipway.activities.environment;

import dev.slipway.action.FailureType;
import dev.slipway.activities.store.Store;
import dev.slipway.artifact.Digest;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.LedgerEntry;
import dev.slipway.environment.LedgerEvent;
import dev.slipway.environment.LedgerHead;
import dev.slipway.environment.LedgerView;
import dev.slipway.json.Json;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The environments' releases in the store: a record for each entry, which names the digest of the
 * one before, so that a changed or missing entry shows. That the last ones are gone shows by the
 * head that the environment's workflow remembers.
 */
public final class Ledger {
  private final Store store;
  private final InstantSource clock;

  public Ledger(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** The applications that have a ledger. */
  public List<String> applications() throws IOException {
    return store.list(LedgerEntry.FOLDER);
  }

  /** The environments of an application that have a ledger. */
  public List<EnvironmentId> environments(String application) throws IOException {
    return store.list(LedgerEntry.FOLDER + "/" + application).stream()
        .map(name -> new EnvironmentId(application, name))
        .toList();
  }

  /**
   * Reads an environment's ledger, which must have an entry that is known to have been written.
   *
   * @param head that entry; null for none
   * @throws IOException when it can't be read, was changed afterwards, or ends before that entry
   */
  public LedgerView view(EnvironmentId environment, @Nullable LedgerHead head) throws IOException {
    return new LedgerView(read(environment, head).entries());
  }

  /**
   * Reads an environment's ledger.
   *
   * @throws IOException when it can't be read, or was changed afterwards
   */
  public LedgerView view(EnvironmentId environment) throws IOException {
    return view(environment, null);
  }

  /**
   * Appends an event, unless the same one is already there; answers its entry.
   *
   * @throws IOException when the ledger can't be read or written, or was changed afterwards
   */
  public LedgerEntry append(EnvironmentId environment, LedgerEvent event) throws IOException {
    return append(environment, event, null).entry();
  }

  /**
   * What came of it.
   *
   * @param head where the ledger ends now
   */
  record Appended(LedgerEntry entry, LedgerHead head) {}

  /**
   * Appends an event, unless the same one is already there, to a ledger that must have an entry
   * that is known to have been written.
   *
   * @param head that entry; null for none
   * @throws IOException when the ledger can't be read or written, was changed afterwards, or ends
   *     before that entry
   */
  Appended append(EnvironmentId environment, LedgerEvent event, @Nullable LedgerHead head)
      throws IOException {
    while (true) {
      var chain = read(environment, head);
      if (!liftsHold(chain.entries(), event)) {
        for (var entry : chain.entries().reversed()) {
          if (isSame(entry.event(), event)) {
            return new Appended(entry, chain.head().orElseThrow());
          }
        }
      }
      var entry =
          new LedgerEntry(
              chain.entries().size() + 1L,
              chain.head().map(LedgerHead::digest).orElse(null),
              clock.instant(),
              event);
      var bytes = Json.bytes(entry);
      if (store.create(LedgerEntry.name(environment, entry.sequence()), bytes)) {
        return new Appended(entry, new LedgerHead(entry.sequence(), Digest.of(bytes)));
      }
    }
  }

  /** A commit can be held again after a hold was lifted, and then be lifted by the same person. */
  private static boolean liftsHold(List<LedgerEntry> entries, LedgerEvent event) {
    return event instanceof LedgerEvent.HoldLifted(var commit, var ignored)
        && new LedgerView(entries).heldCommits().contains(commit);
  }

  /** A release's time is taken anew when its activity is done twice; it is the same release. */
  private static boolean isSame(LedgerEvent there, LedgerEvent wanted) {
    if (there instanceof LedgerEvent.Released(var old)
        && wanted instanceof LedgerEvent.Released(var other)) {
      return old.number() == other.number() && old.run() == other.run();
    }
    return there.equals(wanted);
  }

  /** The entries and, for each, the digest of its bytes in the store. */
  private record Chain(List<LedgerEntry> entries, List<Digest> digests) {
    boolean has(LedgerHead head) {
      return head.sequence() <= digests.size()
          && digests.get((int) head.sequence() - 1).equals(head.digest());
    }

    Optional<LedgerHead> head() {
      return digests.isEmpty()
          ? Optional.empty()
          : Optional.of(new LedgerHead(digests.size(), digests.getLast()));
    }
  }

  private Chain read(EnvironmentId environment, @Nullable LedgerHead head) throws IOException {
    var chain = read(environment);
    if (head != null && !chain.has(head)) {
      throw broken(
          environment, "%06d".formatted(head.sequence()), "is gone, or not as it was written");
    }
    return chain;
  }

  private Chain read(EnvironmentId environment) throws IOException {
    var entries = new ArrayList<LedgerEntry>();
    var digests = new ArrayList<Digest>();
    for (var name : store.list(LedgerEntry.folder(environment))) {
      var wanted = entries.size() + 1L;
      if (!LedgerEntry.name(environment, wanted)
          .equals(LedgerEntry.folder(environment) + "/" + name)) {
        throw broken(
            environment, "%06d".formatted(wanted), "is gone, or %s was added".formatted(name));
      }
      var bytes =
          store
              .read(LedgerEntry.folder(environment) + "/" + name)
              .orElseThrow(() -> broken(environment, name, "is gone"));
      var entry = entry(environment, name, bytes);
      if (entry.sequence() != wanted) {
        throw broken(environment, name, "is another one's copy");
      }
      if (!Objects.equals(entry.previous(), digests.isEmpty() ? null : digests.getLast())) {
        throw broken(
            environment,
            name,
            "does not follow from the one before it: one of the two is not as written");
      }
      entries.add(entry);
      digests.add(Digest.of(bytes));
    }
    return new Chain(entries, digests);
  }

  private static LedgerEntry entry(EnvironmentId environment, String name, byte[] bytes)
      throws IOException {
    try {
      return Json.read(bytes, LedgerEntry.class);
    } catch (UncheckedIOException e) {
      var unreadable = broken(environment, name, "can't be read");
      unreadable.initCause(e);
      throw unreadable;
    }
  }

  /** The failure of a step that needs a ledger that can't be read. */
  public static StepFailedException unreadable(IOException e) {
    return e instanceof BrokenLedgerException broken
        ? new StepFailedException(FailureType.CONFLICT, broken.happened(), broken.advice(), broken)
        : new StepFailedException(
            FailureType.INFRASTRUCTURE,
            "the ledger can't be read: " + e.getMessage(),
            "Look at the disk and the permissions of the store; see `slipway doctor`.",
            e);
  }

  private static BrokenLedgerException broken(EnvironmentId environment, String name, String how) {
    return new BrokenLedgerException(environment, name, how);
  }
}
