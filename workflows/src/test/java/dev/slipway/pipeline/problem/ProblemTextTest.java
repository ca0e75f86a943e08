package dev.slipway.pipeline.problem;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.json.Json;
import dev.slipway.pipeline.problem.Problem.Severity;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProblemTextTest {
  private static Problem error(int line, int column, String message) {
    return new Problem(Severity.ERROR, line, column, "a.b", message, Optional.empty());
  }

  private static String render(String source, Problem... problems) {
    return ProblemText.render("slipway.yaml", source.getBytes(UTF_8), List.of(problems));
  }

  @Test
  void aProblemShowsItsLineAndWhatHelps() {
    var problem =
        new Problem(
            Severity.WARNING,
            10,
            12,
            "stages[0].name",
            "unknown action `npm_run_biuld`",
            Optional.of("did you mean `npm_run_build`?"));

    assertThat(render("\n".repeat(9) + "  - action: npm_run_biuld, x", problem))
        .isEqualTo(
            """
            warning: unknown action `npm_run_biuld`
              --> slipway.yaml:10:12 (stages[0].name)
               |
            10 |   - action: npm_run_biuld, x
               |            ^
               = help: did you mean `npm_run_build`?
            """);
  }

  @Test
  void theCaretsReachOverTheWordOrTheQuotedText() {
    assertThat(render("a: word, x", error(1, 4, "m"))).contains("|    ^^^^\n");
    assertThat(render("a: \"two words\" x", error(1, 4, "m"))).contains("|    ^^^^^^^^^^^\n");
    assertThat(render("a:", error(1, 3, "m"))).contains("|   ^\n");
  }

  @Test
  void aLongLineIsCutAroundTheColumn() {
    var text = render("x".repeat(500_000) + " here " + "y".repeat(500_000), error(1, 500_002, "m"));

    var lines = text.lines().toList();
    assertThat(lines.get(3)).hasSizeLessThan(120).startsWith("1 | …x").contains(" here y");
    assertThat(lines.get(4).indexOf('^')).isEqualTo(lines.get(3).indexOf("here"));
  }

  @Test
  void nothingOfTheFileReachesTheTerminalAsACommand() {
    var text = render("a: \u001b[2J\u202e", error(1, 4, "m"));

    assertThat(text).contains("a: ·[2J·").doesNotContain("\u001b").doesNotContain("\u202e");
    assertThat(Words.quoted("x\u001b]0;\n")).isEqualTo("`x·]0;·`");
  }

  @Test
  void aPlaceOutsideTheFileIsNamedAllTheSame() {
    assertThat(render("", error(1, 1, "the file is empty")))
        .isEqualTo("error: the file is empty\n --> slipway.yaml:1:1 (a.b)\n");
  }

  @Test
  void aStyleMarksTheParts() {
    var text =
        ProblemText.render(
            "f",
            "a".getBytes(UTF_8),
            List.of(error(1, 1, "m")),
            (part, shown) -> "<" + shown + ">");

    assertThat(text).startsWith("<error><: m>").contains("<^>");
  }

  @Test
  void theSummaryCounts() {
    var warning = new Problem(Severity.WARNING, 1, 1, "", "w", Optional.empty());

    assertThat(ProblemText.summary(List.of())).isEqualTo("no problems");
    assertThat(ProblemText.summary(List.of(warning))).isEqualTo("1 warning");
    assertThat(ProblemText.summary(List.of(error(1, 1, "a"), error(1, 2, "b"), warning)))
        .isEqualTo("2 errors and 1 warning");
  }

  @Test
  void problemsAreWrittenAsJson() {
    assertThat(Json.text(error(3, 7, "m")))
        .isEqualTo(
            """
            {"severity":"ERROR","line":3,"column":7,"path":"a.b","message":"m"}""");
    assertThat(
            Json.text(new Problem(Severity.WARNING, 1, 1, "", "m", Optional.of("do this instead"))))
        .contains("\"suggestion\":\"do this instead\"");
  }
}
