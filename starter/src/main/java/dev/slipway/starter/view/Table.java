package dev.slipway.starter.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Columns that align, as wide as their widest cell. */
public final class Table {
  private static final String GAP = "  ";

  private final Paint paint;
  private final List<List<String>> rows = new ArrayList<>();

  public Table(Paint paint, String... titles) {
    this.paint = paint;
    rows.add(Arrays.stream(titles).map(paint::dim).toList());
  }

  /** Adds a row with a cell for each title. */
  public void row(String... cells) {
    if (cells.length != rows.getFirst().size()) {
      throw new IllegalArgumentException(
          "%d cells for %d titles".formatted(cells.length, rows.getFirst().size()));
    }
    rows.add(List.of(cells));
  }

  /** The titles and the rows. */
  public List<String> lines() {
    var widths = new int[rows.getFirst().size()];
    for (var row : rows) {
      for (var column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], Paint.width(row.get(column)));
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    var line = new StringBuilder();
    for (var column = 0; column < widths.length; column++) {
      var cell = row.get(column);
      line.append(column == 0 ? "" : GAP).append(cell);
      line.append(" ".repeat(widths[column] - Paint.width(cell)));
    }
    return line.toString().stripTrailing();
  }

  /** The paint of its titles. */
  public Paint paint() {
    return paint;
  }
}
