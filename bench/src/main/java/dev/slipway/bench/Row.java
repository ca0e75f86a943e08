package dev.slipway.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * One figure beside its yardstick.
 *
 * @param name of the row
 * @param ours what was measured
 * @param theirs what it is compared with
 * @param unit of both
 * @param limit that must not be passed
 */
public record Row(
    String name,
    String ours,
    Figures figures,
    String theirs,
    Figures yardstick,
    String unit,
    Limit limit) {
  /** The system property that names the folder of the rows. */
  public static final String FOLDER = "slipway.bench";

  /** What a figure must keep. */
  public sealed interface Limit {
    /** The median is at most so many times the yardstick's. */
    record Times(double most) implements Limit {}

    /** Every value is at most this, whatever the yardstick has. */
    record Most(double most) implements Limit {}
  }

  /** How many times the yardstick it is. */
  public double ratio() {
    return figures.median() / yardstick.median();
  }

  public boolean holds() {
    return switch (limit) {
      case Limit.Times(var most) -> ratio() <= most;
      case Limit.Most(var most) -> figures.values().getLast() <= most;
    };
  }

  /** The row as a line of the table. */
  List<String> cells() {
    return List.of(
        name,
        ours + ": " + figures.text(unit),
        theirs + ": " + yardstick.text(unit),
        switch (limit) {
          case Limit.Times _ -> "%.2f×".formatted(ratio());
          case Limit.Most _ -> Figures.number(figures.values().getLast()) + " " + unit;
        },
        switch (limit) {
          case Limit.Times(var most) -> "%.2f×".formatted(most);
          case Limit.Most(var most) -> Figures.number(most) + " " + unit;
        },
        holds() ? "holds" : "OVER");
  }

  /** Writes it where the table is made from, when one is made. */
  public void keep() {
    var folder = System.getProperty(FOLDER);
    if (folder == null) {
      return;
    }
    var written = new Properties();
    written.setProperty("name", name);
    written.setProperty("ours", ours);
    written.setProperty("figures", joined(figures));
    written.setProperty("theirs", theirs);
    written.setProperty("yardstick", joined(yardstick));
    written.setProperty("unit", unit);
    switch (limit) {
      case Limit.Times(var most) -> written.setProperty("times", Double.toString(most));
      case Limit.Most(var most) -> written.setProperty("most", Double.toString(most));
    }
    try (var out = Files.newBufferedWriter(Path.of(folder).resolve(name + ".row"))) {
      written.store(out, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads what was kept. */
  static Row read(Path file) throws IOException {
    var read = new Properties();
    try (var in = Files.newBufferedReader(file)) {
      read.load(in);
    }
    var times = read.getProperty("times");
    return new Row(
        read.getProperty("name"),
        read.getProperty("ours"),
        figures(read.getProperty("figures")),
        read.getProperty("theirs"),
        figures(read.getProperty("yardstick")),
        read.getProperty("unit"),
        times == null
            ? new Limit.Most(Double.parseDouble(read.getProperty("most")))
            : new Limit.Times(Double.parseDouble(times)));
  }

  private static String joined(Figures figures) {
    return figures.values().stream()
        .map(value -> String.format(Locale.ROOT, "%.4f", value))
        .collect(Collectors.joining(" "));
  }

  private static Figures figures(String text) {
    return new Figures(Arrays.stream(text.split(" ")).map(Double::valueOf).toList());
  }
}
