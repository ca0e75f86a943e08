package dev.slipway.pipeline.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The usual mistakes, each with the place to mend and what to write there. */
class ComplaintTest {
  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments("stages:\n\t- name: build\n", "2:1 a tab, where only spaces may stand"),
        arguments("stages:\n  - name: a\n\tsteps: []\n", "3:1 a tab, where only spaces may stand"),
        arguments("application shop\nstages: []\n", "1:1 no colon follows this name"),
        arguments("a: b\nstages\n  - name: c\n", "2:1 no colon follows this name"),
        arguments("stages:\n  - name a\n    steps: []\n", "2:5 no colon follows this name"),
        arguments("application:shop\nstages: []\n", "1:1 no space follows the colon"),
        arguments("a: b: c\n", "1:5 a second colon in one value"),
        arguments("a: b\n  c: d\n", "2:4 this line is indented deeper than line 1"),
        arguments("a: \"shop\nb: c\n", "1:4 the quote that begins here is never closed"),
        arguments("a: 'shop\nb: c\n", "1:4 the quote that begins here is never closed"),
        arguments("a: \"b\" c\n", "1:8 a text goes on after its closing quote"),
        arguments("a: \"b\nc: \"d\"\n", "2:5 a text goes on after its closing quote"),
        arguments(
            "a: [b, c\nd: e\n", "2:2 a comma or `]` is missing before this; `[` stands in line 1"),
        arguments("a: {b: c d: e}\n", "1:11 a comma or `}` is missing before this"),
        arguments("a: {b: ${secret:C}}\n", "1:9 a comma or `}` is missing before this"),
        arguments("a: [b,, c]\n", "1:7 a value is missing before this"),
        arguments("a: b\nc: d]\ne: [f]]\n", "3:7 this bracket closes nothing"),
        arguments("a:\n  - b: c\n   d: e\n", "3:4 this line's indentation fits no line above"),
        arguments("a:\n    - b: c\n   - d: e\n", "3:4 this line's indentation fits no line above"),
        arguments("a:\n  b: c\n  - d\n", "3:3 an element of a list beside names"),
        arguments("a: @b\n", "1:4 a value can't begin with this character"),
        arguments("a: *.js\n", "1:5 a value can't begin with this character"),
        arguments("a: \"\\d\"\n", "1:6 no escape of a double-quoted text"),
        arguments("a: |b\n  c\n", "1:5 something follows `|` or `>`"),
        arguments("<<<<<<< HEAD\na: b\n=======\n", "2:2 the lines of a merge conflict"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsNamedWhereItWasMade(String text, String told) {
    var problems = YamlReader.read(text.getBytes(UTF_8)).problems();

    assertThat(problems).hasSize(1);
    var problem = problems.getFirst();
    assertThat(problem.line() + ":" + problem.column() + " " + problem.message())
        .startsWith(told.replaceFirst(" ", " not YAML: "));
    assertThat(problem.suggestion()).isPresent();
  }
}
