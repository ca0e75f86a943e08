package dev.slipway.environment;

import dev.slipway.environment.LedgerEvent.Adopted;
import dev.slipway.environment.LedgerEvent.Discredited;
import dev.slipway.environment.LedgerEvent.HoldLifted;
import dev.slipway.environment.LedgerEvent.Released;
import dev.slipway.environment.LedgerEvent.RolledBack;
import dev.slipway.environment.LedgerEvent.UndoFailed;
import dev.slipway.environment.LedgerEvent.Undone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
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
    return releases().reversed().stream().filter(release -> release.number() == number).findFirst();
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

  /** The releases of a commit that are good still, newest first. */
  public List<Release> goodReleasesOf(String commit) {
    var faults = faults();
    return releasesOf(commit).stream()
        .filter(release -> !faults.containsKey(release.number()))
        .toList();
  }

  /** Why the newest release of a commit is good no more; empty when it is, or there is none. */
  public Optional<String> faultOf(String commit) {
    var faults = faults();
    return releasesOf(commit).stream()
        .findFirst()
        .filter(release -> faults.containsKey(release.number()))
        .map(
            release ->
                "release %d, which %s".formatted(release.number(), faults.get(release.number())));
  }

  /** The newest release before this one that is good still. */
  public Optional<Release> lastGoodBefore(long number) {
    var faults = faults();
    return releases().reversed().stream()
        .filter(release -> release.number() < number && !faults.containsKey(release.number()))
        .findFirst();
  }

  private List<Release> releasesOf(String commit) {
    return releases().reversed().stream()
        .filter(release -> release.source() != null && release.source().commit().equals(commit))
        .toList();
  }

  /**
   * Why releases are good no more, by their number: people or a run took them back or tried to, or
   * refused them further on. That stays so; the same commit becomes good by a new release.
   */
  private SequencedMap<Long, String> faults() {
    var faults = new LinkedHashMap<Long, String>();
    for (var entry : entries) {
      switch (entry.event()) {
        case RolledBack back ->
            faults.put(back.from(), "%s took back: %s".formatted(back.by(), back.reason()));
        case Undone undone -> faults.put(undone.release(), "was undone: " + undone.reason());
        case UndoFailed failed ->
            faults.put(failed.release(), "could not be taken back: " + failed.reason());
        case Discredited refused ->
            faults.put(
                refused.release(), "was %s in run %d".formatted(refused.why(), refused.run()));
        case Adopted ignored -> {}
        case Released ignored -> {}
        case HoldLifted ignored -> {}
      }
    }
    return faults;
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
