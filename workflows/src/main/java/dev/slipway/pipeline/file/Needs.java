package dev.slipway.pipeline.file;

import dev.slipway.pipeline.problem.Nearest;
import dev.slipway.pipeline.problem.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** What stages, or the steps of one stage, wait for: written names and the order of the file. */
final class Needs {
  private final String kind;
  private final List<Item> items;
  private final Map<String, Integer> indices = new LinkedHashMap<>();
  private final List<List<Integer>> needs = new ArrayList<>();

  /**
   * @param written empty when the file leaves it to the order
   */
  record Item(String name, Value at, Optional<List<Value>> written) {}

  /** What an item is followed by in a valid order. */
  enum ByDefault {
    /** Each waits for the one before it. */
    THE_ONE_BEFORE,
    /** None waits. */
    NONE
  }

  /**
   * @param kind what an item is called in messages
   */
  Needs(String kind, List<Item> items, ByDefault byDefault) {
    this.kind = kind;
    this.items = items;
    for (int i = 0; i < items.size(); i++) {
      indices.putIfAbsent(items.get(i).name(), i);
    }
    for (int i = 0; i < items.size(); i++) {
      needs.add(resolve(i, byDefault));
    }
  }

  /** The names that an item waits for. */
  List<String> of(int item) {
    return needs.get(item).stream().map(index -> items.get(index).name()).toList();
  }

  /**
   * The items so that each comes after what it needs, in the file's order where that leaves a
   * choice. A cycle is reported, and its items then need nothing.
   */
  List<Integer> order() {
    var open = new int[items.size()];
    var dependents = new ArrayList<List<Integer>>();
    items.forEach(item -> dependents.add(new ArrayList<>()));
    var ready = new TreeSet<Integer>();
    for (int i = 0; i < items.size(); i++) {
      open[i] = needs.get(i).size();
      for (var needed : needs.get(i)) {
        dependents.get(needed).add(i);
      }
      if (open[i] == 0) {
        ready.add(i);
      }
    }
    var order = new ArrayList<Integer>();
    while (!ready.isEmpty()) {
      var next = ready.removeFirst();
      order.add(next);
      for (var dependent : dependents.get(next)) {
        if (--open[dependent] == 0) {
          ready.add(dependent);
        }
      }
    }
    if (order.size() == items.size()) {
      return order;
    }
    reportCycle(open);
    needs.replaceAll(needed -> List.of());
    return IntStream.range(0, items.size()).boxed().toList();
  }

  private List<Integer> resolve(int item, ByDefault byDefault) {
    var written = items.get(item).written();
    if (written.isEmpty()) {
      return switch (byDefault) {
        case THE_ONE_BEFORE -> item == 0 ? List.of() : List.of(item - 1);
        case NONE -> List.of();
      };
    }
    return written.get().stream().flatMap(value -> index(value).stream()).distinct().toList();
  }

  private Optional<Integer> index(Value value) {
    var name = value.text();
    var index = name.map(indices::get);
    if (name.isPresent() && index.isEmpty()) {
      value.error(
          "unknown %s %s".formatted(kind, Words.quoted(name.get())),
          Nearest.question(name.get(), List.copyOf(indices.keySet())));
    }
    return index;
  }

  /** Whatever is left open needs something that is left open too: following it finds the cycle. */
  private void reportCycle(int[] open) {
    int start = 0;
    while (open[start] == 0) {
      start++;
    }
    var path = new ArrayList<Integer>();
    int item = start;
    while (!path.contains(item)) {
      path.add(item);
      item = needs.get(item).stream().filter(needed -> open[needed] > 0).findFirst().orElseThrow();
    }
    var cycle = new ArrayList<>(path.subList(path.indexOf(item), path.size()));
    cycle.add(item);
    var names = cycle.stream().limit(10).map(index -> Words.quoted(items.get(index).name()));
    items
        .get(item)
        .at()
        .error(
            "the %ss need each other: %s".formatted(kind, String.join(" needs ", names.toList())),
            "remove one of these `needs`, or give the first one `needs: []`");
  }
}
