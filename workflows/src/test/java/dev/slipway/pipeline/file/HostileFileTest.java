package dev.slipway.pipeline.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.action.ActionCatalog;
import dev.slipway.pipeline.problem.ProblemText;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A file that is no pipeline gives one clear error within a second, whatever its bytes are. */
class HostileFileTest {
  /** An attack that works takes minutes or all memory; the first file of a cold JVM, a second. */
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private static final int MEBIBYTE = 1024 * 1024;

  @BeforeAll
  static void loadClasses() {
    parse("stages: []".getBytes(UTF_8));
  }

  static Stream<Arguments> files() {
    return Stream.of(
        file("empty", "", "the file is empty"),
        file("blank", " \n\n  \n", "the file is empty"),
        file("only a comment", "# soon\n", "the file is empty"),
        file("null", "null", "the file is empty"),
        file("a text", "hello", "the file must be a mapping, not `hello`"),
        file("a list", "- a\n- b\n", "the file must be a mapping, not a list"),
        file("open bracket", "stages: [", "not YAML"),
        file("open quote", "application: \"shop", "not YAML"),
        file("tab indentation", "stages:\n\t- name: build\n", "not YAML"),
        file("two documents", "a: 1\n---\nb: 2\n", "a second document begins here"),
        file("undefined alias", "stages: *stages", "alias `*stages` names nothing"),
        file("alias of itself", "stages: &s [*s]", "alias `*s` names nothing"),
        file("a list as name", "[a, b]: 1", "a name must be a text"),
        file("a mapping as name", "? {a: b}\n: 1", "a name must be a text"),
        file("custom tag", "stages: !!java.net.URL [x]", "is not supported"),
        file("tagged scalar", "application: !secret x", "the tag `!secret` is not supported"),
        file("binary tag", "application: !!binary aGk=", "the tag"),
        file("nul", "application: a\0b", "character U+0000 is not allowed"),
        file("escape character", "application: \u001b[2J", "character U+001B is not allowed"),
        bytes("ISO 8859-1", "application: café".getBytes(ISO_8859_1), "byte 0xe9 is not UTF-8"),
        bytes("UTF-16", "stages: []".getBytes(UTF_16), "byte 0xfe is not UTF-8"),
        bytes("a program", new byte[] {0x7f, 'E', 'L', 'F', (byte) 0x80}, "is not UTF-8"),
        bytes(
            "10 MB",
            new byte[10_000_000],
            "the file is too long; a pipeline file has at most 1,048,576 bytes"),
        file(
            "10 MB of YAML",
            "- a\n".repeat(2_500_000),
            "the file is too long; a pipeline file has at most 1,048,576 bytes"),
        file("100,000 lists", "[".repeat(100_000), "nested deeper than 32 levels"),
        file("100,000 mappings", "{a: ".repeat(100_000), "nested deeper than 32 levels"),
        file("100,000 block lists", "- ".repeat(100_000), "nested deeper than 32 levels"),
        file(
            "100,000 closed lists",
            "[".repeat(100_000) + "]".repeat(100_000),
            "nested deeper than 32 levels"),
        file("JSON, 100,000 deep", "{\"a\":".repeat(100_000), "nested deeper than 32 levels"),
        file("complex keys", "? ".repeat(100_000), "a name must be a text"),
        file("deep by indentation", indented(1400), "nested deeper than 32 levels"),
        file("billion laughs", billionLaughs(), "the file has more than 10,000 names and values"),
        file("deep by aliases", aliasChain(3_000), "nested deeper than 32 levels"),
        file(
            "many values",
            "- a\n".repeat(200_000),
            "the file has more than 10,000 names and values"),
        file("many names", names(60_000), "the file has more than 10,000 names and values"),
        file("a long name", "a".repeat(1000) + ": 1", "a name has more than 128 characters"),
        file("a long explicit name", "? " + "a".repeat(MEBIBYTE - 10), "a name has more than"),
        file("one long text", "a".repeat(MEBIBYTE), "the file must be a mapping"),
        file("one long quoted text", "\"" + "\\x41".repeat(200_000) + "\"", "the file must be"),
        file("one long comment", "#".repeat(MEBIBYTE), "the file is empty"),
        file("a million empty lines", "\n".repeat(MEBIBYTE), "the file is empty"),
        file("many document ends", "...\n".repeat(200_000), ""),
        file("many directives", "%A b\n".repeat(200_000), "not YAML"),
        file("many anchors", "&a ".repeat(300_000), "not YAML"),
        file("many tags", "!a ".repeat(300_000), ""),
        file("many commas", "[" + ",".repeat(500_000), "not YAML"),
        file("many colons", ": ".repeat(500_000), ""),
        file("many braces", "{".repeat(MEBIBYTE), "a name must be a text"),
        file("many quotes", "'".repeat(MEBIBYTE), ""),
        file("many dollars", "application: " + "$".repeat(900_000), "`stages` is missing"),
        file("a long block", "a: |\n" + " b\n".repeat(300_000), "`stages` is missing"),
        file("a folded block", "a: >\n" + " b\n\n".repeat(250_000), "`stages` is missing"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void givesOneClearErrorAtOnce(String name, byte[] content, String expected) {
    var start = cpuTime();
    var file = parse(content);
    var text = ProblemText.render("slipway.yaml", content, file.problems());
    var time = cpuTime().minus(start);

    assertThat(file).isInstanceOf(PipelineFile.Invalid.class);
    assertThat(time).isLessThan(LIMIT);
    assertThat(file.problems().getFirst().message()).contains(expected);
    assertThat(text.length()).isLessThan(2000);
    if (!expected.equals("`stages` is missing")) {
      assertThat(file.problems()).hasSize(1);
    }
  }

  @Test
  void theErrorNamesTheBytesPlace() {
    var problem =
        parse("application: shop\nstages: caf\u00e9".getBytes(ISO_8859_1)).problems().getFirst();

    assertThat(problem.line()).isEqualTo(2);
    assertThat(problem.column()).isEqualTo(12);
  }

  @Test
  void thousandsOfProblemsAreCountedNotKept() {
    var text = new StringBuilder("stages: []\n");
    for (int i = 0; i < 4_000; i++) {
      text.append("unknown").append(i).append(": 1\n");
    }

    var problems = TestFiles.parse(text.toString()).problems();

    assertThat(problems).hasSize(501);
    assertThat(problems.getLast().message()).endsWith("more problems");
  }

  @Test
  void manyStagesThatNeedEachOtherTakeNoTime() {
    var text = new StringBuilder("stages:\n");
    for (int i = 0; i < 600; i++) {
      text.append(
          "- {name: s%d, needs: s%d, steps: [{name: a, action: npm_run_build}]}\n"
              .formatted(i, (i + 1) % 600));
    }

    var start = cpuTime();
    var problems = TestFiles.problems(text.toString());

    assertThat(cpuTime().minus(start)).isLessThan(LIMIT);
    assertThat(problems).singleElement().asString().contains("the stages need each other: `s0`");
  }

  @Test
  void aCharacterOfTwoUnitsMayStandAnywhere() {
    for (int i = 1_000; i < 1_050; i++) {
      var text = "# " + "a".repeat(i) + "\ud83d\ude80\napplication: \ud83d\ude80";

      assertThat(TestFiles.parse(text).problems().getFirst().message()).contains("is missing");
    }
  }

  /** Other processes may keep the machine busy: what counts is the work. */
  private static Duration cpuTime() {
    return Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
  }

  private static PipelineFile parse(byte[] content) {
    return PipelineFile.parse(content, ActionCatalog.builtIn(), "shop");
  }

  private static Arguments file(String name, String text, String expected) {
    return bytes(name, text.getBytes(UTF_8), expected);
  }

  private static Arguments bytes(String name, byte[] content, String expected) {
    return Arguments.of(name, content, expected);
  }

  private static String indented(int depth) {
    var text = new StringBuilder();
    for (int i = 0; i < depth; i++) {
      text.append(" ".repeat(i)).append("a:\n");
    }
    return text.toString();
  }

  private static String billionLaughs() {
    var text = new StringBuilder("a0: &a0 [lol, lol]\n");
    for (int i = 1; i < 40; i++) {
      text.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9)));
    }
    return text.toString();
  }

  private static String aliasChain(int length) {
    var text = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < length; i++) {
      text.append("a%d: &a%d [*a%d]\n".formatted(i, i, i - 1));
    }
    return text.toString();
  }

  private static String names(int count) {
    var text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append("name").append(i).append(": 1\n");
    }
    return text.toString();
  }
}
