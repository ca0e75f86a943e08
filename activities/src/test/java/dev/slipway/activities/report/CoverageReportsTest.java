package dev.slipway.activities.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CoverageReportsTest {
  private static final String LCOV =
      """
      TN:
      SF:src/price.ts
      FN:1,tax
      FNF:1
      FNH:1
      DA:1,4
      DA:2,0
      DA:5,1
      LF:3
      LH:2
      BRDA:1,0,0,4
      BRF:1
      BRH:1
      end_of_record
      TN:
      SF:src/cart.ts
      DA:1,0,c2FtcGxl
      LF:1
      LH:0
      end_of_record
      """;

  @Test
  void lcovCountsLines() throws Exception {
    var coverage = Sample.coverage(LCOV);

    assertThat(coverage.coveredLines()).isEqualTo(2);
    assertThat(coverage.lines()).isEqualTo(4);
  }

  @Test
  void aLineThatAnyTestRanIsCoveredOnce() throws Exception {
    var coverage =
        Sample.coverage(
            """
            TN:first
            SF:a.c
            DA:1,1
            DA:2,0
            end_of_record
            TN:second
            SF:a.c
            DA:1,0
            DA:2,3
            end_of_record
            """);

    assertThat(coverage.coveredLines()).isEqualTo(2);
    assertThat(coverage.lines()).isEqualTo(2);
  }

  @Test
  void lcovWithoutLinesCountsByItsTotals() throws Exception {
    var coverage = Sample.coverage("SF:a.c\nLF:10\nLH:7\nend_of_record\n");

    assertThat(coverage.percent()).isEqualTo(70.0);
  }

  @Test
  void lcovTotalsDoNotOverruleItsLines() throws Exception {
    var coverage = Sample.coverage("SF:a.c\nDA:1,0\nLF:1\nLH:1\nend_of_record\n");

    assertThat(coverage.coveredLines()).isZero();
  }

  @Test
  void anIstanbulSummaryCountsLinesAndNoStatements() throws Exception {
    var coverage =
        Sample.coverage(
            """
            {"total": {"lines": {"total": 40, "covered": 36, "skipped": 0, "pct": 90},
                       "statements": {"total": 50, "covered": 10, "skipped": 0, "pct": 20},
                       "branchesTrue": {"total": 0, "covered": 0, "skipped": 0, "pct": "Unknown"}},
             "src/a.ts": {"lines": {"total": 40, "covered": 36, "skipped": 0, "pct": 90}}}
            """);

    assertThat(coverage.percent()).isEqualTo(90.0);
  }

  @Test
  void coberturaOfIstanbulNamesADocumentTypeThatIsNotRead() throws Exception {
    var coverage =
        Sample.coverage(
            """
            <?xml version="1.0" ?>
            <!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">
            <coverage lines-valid="8" lines-covered="6" line-rate="0.75" branches-valid="2"
                branches-covered="1" branch-rate="0.5" timestamp="1" complexity="0" version="0.1">
              <sources><source>/src</source></sources>
              <packages><package name="main" line-rate="0.75"><classes>
                <class name="a.ts" filename="a.ts" line-rate="0.75">
                  <methods><method name="f" hits="1" signature="()V">
                    <lines><line number="1" hits="1"/></lines></method></methods>
                  <lines><line number="1" hits="1" branch="false"/></lines>
                </class></classes></package></packages>
            </coverage>
            """);

    assertThat(coverage.coveredLines()).isEqualTo(6);
    assertThat(coverage.lines()).isEqualTo(8);
  }

  @Test
  void coberturaWithoutTotalsCountsTheLinesOfClassesOnce() throws Exception {
    var coverage =
        Sample.coverage(
            """
            <coverage line-rate="0.5"><packages><package><classes><class>
              <methods><method><lines><line number="1" hits="1"/></lines></method></methods>
              <lines><line number="1" hits="1"/><line number="2" hits="0"/></lines>
            </class></classes></package></packages></coverage>
            """);

    assertThat(coverage.coveredLines()).isEqualTo(1);
    assertThat(coverage.lines()).isEqualTo(2);
  }

  @Test
  void noLinesAreNoPercentage() throws Exception {
    assertThat(Sample.coverage("SF:a.c\nend_of_record\n").percent()).isNaN();
  }
}
