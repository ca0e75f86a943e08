package dev.slipway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Prints the table of what was measured, and fails when a limit was passed or a row is missing. */
public final class Results {
  private static final List<String> HEAD =
      List.of("ROW", "SLIPWAY", "YARDSTICK", "MEASURED", "LIMIT", "");

  private Results() {}

  /**
   * @param arguments the folder with the rows, and the names of those that must be there
   */
  public static void main(String[] arguments) throws IOException {
    var rows = rows(Path.of(arguments[0]));
    System.out.print(table(rows));
    var missing = new ArrayList<>(List.of(arguments).subList(1, arguments.length));
    rows.forEach(row -> missing.remove(row.name()));
    missing.forEach(name -> System.out.println(name + " was not measured"));
    System.exit(
        rows.isEmpty() || !missing.isEmpty() || !rows.stream().allMatch(Row::holds) ? 1 : 0);
  }

  private static List<Row> rows(Path folder) throws IOException {
    var rows = new ArrayList<Row>();
    try (var files = Files.list(folder)) {
      for (var file : files.filter(f -> f.toString().endsWith(".row")).sorted().toList()) {
        rows.add(Row.read(file));
      }
    }
    return rows;
  }

  static String table(List<Row> rows) {
    var lines = new ArrayList<List<String>>();
    lines.add(HEAD);
    rows.forEach(row -> lines.add(row.cells()));
    var widths =
        IntStream.range(0, HEAD.size())
            .mapToObj(
                column -> lines.stream().mapToInt(l -> l.get(column).length()).max().orElse(0))
            .toList();
    var text = new StringBuilder();
    for (var line : lines) {
      var padded = new StringBuilder();
      for (var column = 0; column < HEAD.size(); column++) {
        padded.append(("%-" + Math.max(1, widths.get(column)) + "s  ").formatted(line.get(column)));
      }
      text.append(padded.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
