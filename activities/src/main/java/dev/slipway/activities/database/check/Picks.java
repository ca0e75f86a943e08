package dev.slipway.activities.database.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which of its possible values each column has in the next attempt. Columns that a constraint ties
 * together go through all their combinations; the others stay as they are.
 */
final class Picks {
  private final Map<String, List<String>> choices;
  private final Map<String, Integer> picks = new HashMap<>();
  private final List<Set<String>> groups = new ArrayList<>();

  Picks(Map<String, List<String>> choices) {
    this.choices = choices;
  }

  int of(String column) {
    return picks.getOrDefault(column, 0);
  }

  /**
   * Goes on to the next combination of the columns that are to blame.
   *
   * @return false when there is none left, or nobody is to blame
   */
  boolean advance(Set<String> blamed) {
    for (var column : group(blamed)) {
      var next = of(column) + 1;
      if (next < choices.getOrDefault(column, List.of()).size()) {
        picks.put(column, next);
        return true;
      }
      picks.put(column, 0);
    }
    return false;
  }

  private Set<String> group(Set<String> blamed) {
    for (var group : groups) {
      if (group.containsAll(blamed)) {
        return group;
      }
    }
    var merged = new LinkedHashSet<>(blamed);
    for (var group : List.copyOf(groups)) {
      if (group.stream().anyMatch(blamed::contains)) {
        merged.addAll(group);
        groups.remove(group);
        group.forEach(picks::remove);
      }
    }
    groups.add(merged);
    return merged;
  }
}
