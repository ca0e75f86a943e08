package dev.slipway.pipeline.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.pipeline.problem.Place;
import dev.slipway.pipeline.yaml.Node.Mapping;
import dev.slipway.pipeline.yaml.Node.Scalar;
import dev.slipway.pipeline.yaml.Node.Scalar.Kind;
import dev.slipway.pipeline.yaml.Node.Sequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlReaderTest {
  private static Mapping mapping(String text) {
    var document = YamlReader.read(text.getBytes(UTF_8));
    assertThat(document.problems()).isEmpty();
    return (Mapping) document.root().orElseThrow();
  }

  private static Scalar scalar(String text) {
    return (Scalar) mapping(text).get("a").orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "80, INTEGER",
        "-5, INTEGER",
        "80.5, DECIMAL",
        ".nan, DECIMAL",
        "true, FLAG",
        "False, FLAG",
        "yes, TEXT",
        "on, TEXT",
        "null, NULL",
        "~, NULL",
        "'80', TEXT",
        "\"true\", TEXT",
        "!!str 80, TEXT",
        "! 80, TEXT",
        "2026-01-01, TEXT",
        "1_000, TEXT",
        "1:30, TEXT",
      })
  void theCoreSchemaDecides(String written, Kind kind) {
    assertThat(scalar("a: " + written).kind()).isEqualTo(kind);
  }

  @Test
  void everythingHasItsPlace() {
    var root = mapping("a: 1\nb:\n  - c: \"é\" # x\n    d: 2\n");

    assertThat(root.get("a").orElseThrow().place()).isEqualTo(new Place(1, 4));
    assertThat(root.entries().get(1).namePlace()).isEqualTo(new Place(2, 1));
    var list = (Sequence) root.get("b").orElseThrow();
    assertThat(list.place()).isEqualTo(new Place(3, 3));
    var inner = (Mapping) list.elements().getFirst();
    assertThat(inner.get("c").orElseThrow().place()).isEqualTo(new Place(3, 8));
    assertThat(inner.get("d").orElseThrow().place()).isEqualTo(new Place(4, 8));
  }

  @Test
  void columnsCountCharactersNotUnits() {
    var root = mapping("{\"\ud83d\ude80\": 1, b: 2}");

    assertThat(root.get("b").orElseThrow().place()).isEqualTo(new Place(1, 13));
  }

  @Test
  void jsonIsYaml() {
    var root =
        mapping(
            "{\n\t\"a\": \"x\\/\\u00e9\\ud83d\\ude80\\n\",\n\t\"b\": [1, -2.5, true, null],"
                + "\n\t\"c\":{}}\n");

    assertThat(((Scalar) root.get("a").orElseThrow()).text()).isEqualTo("x/é\ud83d\ude80\n");
    assertThat(((Sequence) root.get("b").orElseThrow()).elements())
        .extracting(node -> ((Scalar) node).kind())
        .containsExactly(Kind.INTEGER, Kind.DECIMAL, Kind.FLAG, Kind.NULL);
  }

  @Test
  void aByteOrderMarkAndWindowsLinesAreFine() {
    assertThat(mapping("\uFEFFa: 1\r\nb: 2\r\n").get("b").orElseThrow().place())
        .isEqualTo(new Place(2, 4));
  }

  @Test
  void anAliasRepeatsWhatWasWritten() {
    var root = mapping("a: &gate {x: 1}\nb: *gate\n");

    assertThat(root.get("b")).isEqualTo(root.get("a"));
    assertThat(root.size()).isEqualTo(5);
  }

  @Test
  void aNameThatStandsTwiceIsAnErrorAndTheRestIsRead() {
    var document = YamlReader.read("a: 1\nb: 2\na: 3\n".getBytes(UTF_8));

    assertThat(document.root()).isPresent();
    assertThat(document.problems()).hasSize(1);
    var problem = document.problems().getFirst();
    assertThat(problem.place()).isEqualTo(new Place(3, 1));
    assertThat(problem.message()).isEqualTo("`a` stands twice in this mapping");
    assertThat(problem.suggestion()).contains("the first one is in line 1; keep one");
  }
}
