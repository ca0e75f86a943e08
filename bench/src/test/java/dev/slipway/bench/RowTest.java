package dev.slipway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bench.Row.Limit;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a figure keeps its limit, and how it is told. */
class RowTest {
  @TempDir private Path folder;

  private static Row row(Limit limit, double... figures) {
    return new Row(
        "rolling",
        "step",
        new Figures(java.util.Arrays.stream(figures).boxed().toList()),
        "kubectl",
        new Figures(List.of(4.0, 2.0, 3.0)),
        "s",
        limit);
  }

  @Test
  void aRatioIsThatOfTheMedians() {
    var row = row(new Limit.Times(1.05), 9, 3, 3.1);

    assertThat(row.ratio()).isEqualTo(3.1 / 3);
    assertThat(row.holds()).isTrue();
    assertThat(row(new Limit.Times(1.05), 9, 3.2, 3.1).holds()).isFalse();
  }

  @Test
  void aMostIsKeptByEveryValue() {
    assertThat(row(new Limit.Most(2), 1, 2).holds()).isTrue();
    assertThat(row(new Limit.Most(2), 1, 2.1).holds()).isFalse();
  }

  @Test
  void whatWasKeptIsReadAgain() throws Exception {
    System.setProperty(Row.FOLDER, folder.toString());
    try {
      var row = row(new Limit.Times(1.05), 9, 3, 3.1);
      row.keep();

      assertThat(Row.read(folder.resolve("rolling.row"))).isEqualTo(row);
    } finally {
      System.clearProperty(Row.FOLDER);
    }
  }

  @Test
  void theTableAligns() {
    assertThat(
            Results.table(
                List.of(row(new Limit.Times(1.05), 9, 3, 3.1), row(new Limit.Most(2), 2.1))))
        .isEqualTo(
            """
            ROW      SLIPWAY             YARDSTICK           MEASURED  LIMIT
            rolling  step: 3.10 s (3–9)  kubectl: 3 s (2–4)  1.03×     1.05×  holds
            rolling  step: 2.10 s        kubectl: 3 s (2–4)  2.10 s    2 s    OVER
            """);
  }
}
