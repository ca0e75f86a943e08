package dev.slipway.activities.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

final class EngineLinesTest {
  private final ArrayList<String> said = new ArrayList<>();
  private final EngineLines lines = new EngineLines(said::add);

  @Test
  void piecesBecomeLinesOfPlainText() {
    lines.add("Step 1/2 : FR");
    lines.add("OM scratch\n\n\u001b[31mred\u001b[0m\rnext");
    lines.end();

    assertThat(said).containsExactly("Step 1/2 : FROM scratch", "red", "next");
  }

  @Test
  void aFloodIsCut() {
    for (var i = 0; i < 5000; i++) {
      lines.add("x".repeat(5000) + "\n");
    }

    assertThat(said).hasSizeLessThan(4200);
    assertThat(said.getFirst()).hasSize(4096);
    assertThat(said.getLast()).isEqualTo("… output cut after 16 MiB");
  }
}
