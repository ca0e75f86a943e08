package dev.slipway.pipeline.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.action.ActionCatalog;
import dev.slipway.pipeline.problem.ProblemText;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Nothing that is read ever throws. */
class AnyBytesTest {
  private static final byte[] SEED = TestFiles.bytes("seed-pipeline.yaml");
  private static final byte[] STOREFRONT = TestFiles.bytes("storefront.yaml");
  private static final List<String> PIECES =
      List.of(
          "stages:",
          "- ",
          "name:",
          " ",
          "\n",
          "  ",
          "[",
          "]",
          "{",
          "}",
          ",",
          ":",
          "\"",
          "'",
          "|",
          ">",
          "&a",
          "*a",
          "!!str",
          "?",
          "---",
          "%",
          "#",
          "${",
          "}",
          "$",
          "0x1F",
          ".nan",
          "~",
          "1e999",
          "null",
          "true",
          "needs:",
          "environment:",
          "gate:",
          "checks:",
          "timeout:",
          "params:",
          "action:",
          "run",
          "deploy",
          "é",
          "\t",
          "\u2028",
          "\uFEFF",
          "\\",
          "-5",
          "<<:");

  @Property(tries = 300)
  void anyBytes(@ForAll byte[] content) {
    isRead(content);
  }

  @Property(tries = 300)
  void anyText(@ForAll String text) {
    isRead(text.getBytes(UTF_8));
  }

  @Property(tries = 500)
  void anyPiecesOfYaml(@ForAll("yaml") String text) {
    isRead(text.getBytes(UTF_8));
  }

  @Property(tries = 300)
  void aByteOfTheSeedReplaced(@ForAll @IntRange(max = 2_000_000) int at, @ForAll byte replacement) {
    for (var original : List.of(SEED, STOREFRONT)) {
      var mutated = original.clone();
      mutated[at % mutated.length] = replacement;
      isRead(mutated);
    }
  }

  @Property(tries = 300)
  void aPieceOfTheSeedMovedOrLost(
      @ForAll @IntRange(max = 2_000_000) int from,
      @ForAll @IntRange(max = 60) int length,
      @ForAll @IntRange(max = 2_000_000) int to,
      @ForAll("piece") String piece) {
    for (var original : List.of(SEED, STOREFRONT)) {
      var text = new StringBuilder(new String(original, UTF_8));
      var start = from % text.length();
      text.delete(start, Math.min(text.length(), start + length));
      text.insert(to % text.length(), piece);
      isRead(text.toString().getBytes(UTF_8));
    }
  }

  @Property(tries = 100)
  void theBeginningOfTheSeed(@ForAll @IntRange(max = 2_000_000) int length) {
    isRead(Arrays.copyOf(SEED, length % SEED.length));
  }

  private static void isRead(byte[] content) {
    var file = PipelineFile.parse(content, ActionCatalog.builtIn(), "shop");

    assertThat(file.problems()).isSortedAccordingTo((a, b) -> a.place().compareTo(b.place()));
    assertThat(ProblemText.render("slipway.yaml", content, file.problems())).isNotNull();
  }

  @Provide
  Arbitrary<String> yaml() {
    return piece().list().ofMaxSize(40).map(pieces -> String.join("", pieces));
  }

  @Provide
  Arbitrary<String> piece() {
    return Arbitraries.of(PIECES);
  }
}
