package dev.slipway.environment;

import dev.slipway.environment.LedgerEvent.Adopted;
import dev.slipway.environment.LedgerEvent.Discredited;
import dev.slipway.environment.LedgerEvent.HoldLifted;
import dev.slipway.environment.LedgerEvent.Released;
import dev.slipway.environment.LedgerEvent.RolledBack;
import dev.slipway.environment.LedgerEvent.UndoFailed;
import dev.slipway.environment.LedgerEvent.Undone;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/** What an environment's ledger says, read from its first entry to its last. */
public record LedgerView(List<LedgerEntry> entries) {
  public LedgerView {
    entries = List.copyOf(entries);
  }

  /** The number of the live release. */
  public Optional<Long> liveNumber() {
    Optional<Long> live = Optional.empty();
    for (var entry : entries) {
      live =
          switch (entry.event()) {
            case Adopted(var release) -> Optional.of(release.number());
            case Released(var release) -> Optional.of(release.number());
            case RolledBack back -> Optional.of(back.to()).filter(to -> to >= 0);
            // A release whose record came, but whose run never learnt of it and took it back.
            case Undone undone ->
                live.filter(number -> number != undone.release())
                    .or(() -> Optional.of(undone.live()).filter(number -> number >= 0));
            case UndoFailed ignored -> live;
            case Discredited ignored -> live;
            case HoldLifted ignored -> live;
          };
    }
    return live;
  }

  /** The live release. */
  public Optional<Release> live() {
    return liveNumber().flatMap(this::release);
  }

  /** The version of the schema that stands there; a way back may have left it where it was. */
  public Optional<String> schemaVersion() {
    Optional<String> version = Optional.empty();
    for (var entry : entries) {
      version =
          switch (entry.event()) {
            case Adopted(var release) -> versionOf(release);
            case Released(var release) -> versionOf(release);
            case RolledBack back -> Optional.ofNullable(back.schema().version());
            case Undone undone -> Optional.ofNullable(undone.schema().version());
            // Nobody knows how far the way back came.
            case UndoFailed ignored -> Optional.empty();
            case Discredited ignored -> version;
            case HoldLifted ignored -> version;
          };
    }
    return version;
  }

  private static Optional<String> versionOf(Release release) {
    return Optional.ofNullable(release.state().schema()).map(SchemaState::version);
  }

  /** The release of that number, if it went live once. */
  public Optional<Release> release(long number) {
    return releases().stream().filter(release -> release.number() == number).findFirst();
  }

  /** Every release that went live once, oldest first. */
  public List<Release> releases() {
    var releases = new ArrayList<Release>();
    for (var entry : entries) {
      switch (entry.event()) {
        case Adopted(var release) -> releases.add(release);
        case Released(var release) -> releases.add(release);
        case RolledBack ignored -> {}
        case Undone ignored -> {}
        case UndoFailed ignored -> {}
        case Discredited ignored -> {}
        case HoldLifted ignored -> {}
      }
    }
    return List.copyOf(releases);
  }

  /** The newest release before this one that was not taken back, rejected or expired. */
  public Optional<Release> lastGoodBefore(long number) {
    var bad = new LinkedHashSet<Long>();
    for (var entry : entries) {
      switch (entry.event()) {
        case RolledBack back -> bad.add(back.from());
        case Discredited discredited -> bad.add(discredited.release());
        case Undone undone -> bad.add(undone.release());
        case Adopted ignored -> {}
        case Released ignored -> {}
        case UndoFailed ignored -> {}
        case HoldLifted ignored -> {}
      }
    }
    return releases().reversed().stream()
        .filter(release -> release.number() < number && !bad.contains(release.number()))
        .findFirst();
  }

  /** Whether the last thing that happened left the environment as nobody wanted it. */
  public boolean isDamaged() {
    return !entries.isEmpty() && entries.getLast().event() instanceof UndoFailed;
  }

  /** Commits that were taken back and not lifted since, oldest first. */
  public SequencedSet<String> heldCommits() {
    var held = new LinkedHashSet<String>();
    for (var entry : entries) {
      switch (entry.event()) {
        case Undone undone -> {
          if (undone.held()) {
            held.add(undone.commit());
          }
        }
        case RolledBack back -> {
          if (back.held()) {
            held.add(back.commit());
          }
        }
        case UndoFailed failed -> {
          if (failed.held()) {
            held.add(failed.commit());
          }
        }
        case HoldLifted(var commit, var ignored) -> held.remove(commit);
        case Adopted ignored -> {}
        case Released ignored -> {}
        case Discredited ignored -> {}
      }
    }
    return held;
  }

  /** The number of the next release; numbers of releases that did not come to be are not reused. */
  public long nextNumber() {
    long highest = 0;
    for (var entry : entries) {
      highest =
          switch (entry.event()) {
            case Adopted(var release) -> Math.max(highest, release.number());
            case Released(var release) -> Math.max(highest, release.number());
            case Undone undone -> Math.max(highest, undone.release());
            case UndoFailed failed -> Math.max(highest, failed.release());
            case Discredited ignored -> highest;
            case RolledBack ignored -> highest;
            case HoldLifted ignored -> highest;
          };
    }
    return highest + 1;
  }
}
