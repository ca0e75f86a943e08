package dev.slipway.bench;

import java.util.List;

/** What was measured again and again, in one unit. */
public record Figures(List<Double> values) {
  public Figures {
    values = values.stream().sorted().toList();
    if (values.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
  }

  public double median() {
    var middle = values.size() / 2;
    return values.size() % 2 == 1
        ? values.get(middle)
        : (values.get(middle - 1) + values.get(middle)) / 2;
  }

  /** Median with smallest and largest. */
  String text(String unit) {
    return values.size() == 1
        ? "%s %s".formatted(number(median()), unit)
        : "%s %s (%s–%s)"
            .formatted(number(median()), unit, number(values.getFirst()), number(values.getLast()));
  }

  /** As many digits as people compare by. */
  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? "%,.0f".formatted(value)
        : "%.2f".formatted(value);
  }
}
