package dev.slipway.run;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a run waits for, each as often as something in it does. */
final class Lacks {
  private final Map<String, Integer> waiting = new LinkedHashMap<>();

  void add(String what) {
    waiting.merge(what, 1, Integer::sum);
  }

  void remove(String what) {
    waiting.computeIfPresent(what, (name, times) -> times == 1 ? null : times - 1);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** For people. */
  @Override
  public String toString() {
    return String.join(" and ", waiting.keySet());
  }
}
