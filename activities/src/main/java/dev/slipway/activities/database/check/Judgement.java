package dev.slipway.activities.database.check;

import dev.slipway.activities.database.script.Migration;
import dev.slipway.activities.database.script.Version;
import java.util.Set;

/**
 * What counts against a migration.
 *
 * @param live up to which everything runs in every environment already and is judged no more
 * @param accepted versions whose losses a person accepts
 */
record Judgement(Version live, Set<Version> accepted) {
  Judgement {
    accepted = Set.copyOf(accepted);
  }

  Verdict of(Migration migration) {
    return new Verdict(migration, accepted.contains(migration.version()));
  }

  /** Whether it is judged no more. */
  boolean isLive(Migration migration) {
    return migration.version().compareTo(live) <= 0;
  }
}
