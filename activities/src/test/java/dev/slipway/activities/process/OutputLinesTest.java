package dev.slipway.activities.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class OutputLinesTest {
  private final List<String> lines = new ArrayList<>();

  @Test
  void everyKindOfLineEndCounts() throws IOException {
    read("one\ntwo\r\nthree\rfour\n\n\r\nlast".getBytes(UTF_8), 1000);

    assertThat(lines).containsExactly("one", "two", "three", "four", "", "", "last");
  }

  @Test
  void bytesThatAreNoTextAreReplaced() throws IOException {
    read("caf\u00e9 ok\n".getBytes(ISO_8859_1), 1000);

    assertThat(lines).containsExactly("caf\ufffd ok");
  }

  @Test
  void aLongLineIsCut() throws IOException {
    read(("x".repeat(20_000) + "\nnext\n").getBytes(UTF_8), 100_000);

    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst()).startsWith("xxx").endsWith("x … (3616 more bytes)");
    assertThat(lines.getLast()).isEqualTo("next");
  }

  @Test
  void pastTheTotalOnlyTheEndIsKept() throws IOException {
    var text =
        IntStream.rangeClosed(1, 1000)
            .mapToObj(i -> "line " + i + "\n")
            .collect(Collectors.joining());

    var output = read(text.getBytes(UTF_8), 1000);

    assertThat(lines).hasSizeLessThan(200).startsWith("line 1").endsWith("line 999", "line 1000");
    assertThat(lines).anyMatch(line -> line.startsWith("… output cut"));
    assertThat(lines).anyMatch(line -> line.matches("… \\d+ lines were not kept"));
    assertThat(output.lastLines())
        .hasSize(OutputLines.LAST_LINES)
        .startsWith("line 961")
        .endsWith("line 1000");
  }

  private OutputLines read(byte[] bytes, long most) throws IOException {
    var output = new OutputLines(lines::add, most);
    output.readAll(new ByteArrayInputStream(bytes));
    return output;
  }
}
