package dev.slipway.activities.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that would take a worker's memory are refused before they have it. */
class HostileManifestsTest {
  /** All that is allocated meanwhile, of which most is free again at once. */
  private static final long MOST_ALLOCATED = 256 << 20;

  static Stream<Arguments> hostile() {
    return Stream.of(
        Arguments.of("more documents", "{}\n---\n".repeat(10_000), "more than 1000 documents"),
        Arguments.of("one list", "a: [" + "1,".repeat(500_000) + "]", "more than 100000 values"),
        Arguments.of("empty lists", "a: [" + "[],".repeat(300_000) + "]", "100000 values"),
        Arguments.of("more than fits", "a: " + "x".repeat(1 << 20), "more than 1048576 characters"),
        Arguments.of("deep lists", "a: " + "[".repeat(500_000), "deeper than 50"),
        Arguments.of(
            "less deep lists", "a: " + "[".repeat(5_000) + "]".repeat(5_000), "deeper than 50"),
        Arguments.of("deep maps", "{a: ".repeat(5_000) + "1" + "}".repeat(5_000), "deeper than 50"),
        Arguments.of("a list in itself", "a: &a [*a]", "deeper than 50"),
        Arguments.of("a map in itself", "a: &a {b: *a}", "deeper than 50"),
        Arguments.of("lists of lists of lists", laughs(), "100000 values"),
        Arguments.of(
            "a long text many times",
            "a: &a " + "x".repeat(100_000) + "\nb: [" + "*a,".repeat(50_000) + "]",
            "stands for more than"),
        Arguments.of(
            "a map merged many times",
            "a: &a {k: &v " + "x".repeat(100_000) + "}\nb: [" + "{<<: *a},".repeat(30_000) + "]",
            "stands for more than"),
        Arguments.of(
            "a program", "a: !!javax.script.ScriptEngineManager []", "Global tag is not allowed"),
        Arguments.of("bytes", "a: !!binary aGk=", "which JSON has not"),
        Arguments.of("a map as a key", "? {a: 1}\n: 2", "a key in it is no text"));
  }

  private static String laughs() {
    var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (var level = 1; level < 10; level++) {
      text.append("a%d: &a%d [".formatted(level, level))
          .append("*a%d, ".formatted(level - 1).repeat(10))
          .append("]\n");
    }
    return text.toString();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void isRefusedInBoundedMemory(String name, String text, String why) {
    var before = allocated();

    assertThatThrownBy(() -> new ManifestReader().read(name, text))
        .isInstanceOfSatisfying(
            StepFailedException.class,
            e -> {
              assertThat(e.failure().type()).isEqualTo(FailureType.CONFIGURATION);
              assertThat(e.failure().happened()).contains(name, why);
              assertThat(e.failure().happened()).hasSizeLessThan(2_000);
            });
    assertThat(allocated() - before).isLessThan(MOST_ALLOCATED);
  }

  @Test
  void manyFilesShareWhatAReleaseMayHave() throws Exception {
    var reader = new ManifestReader();
    var text = "a: [" + "1,".repeat(60_000) + "]";
    assertThat(reader.read("one", text)).hasSize(1);

    assertThatThrownBy(() -> reader.read("two", text)).hasMessageContaining("100000 values");
  }

  @Test
  void anAliasIsReadAsWhatItStandsFor() throws Exception {
    var read =
        new ManifestReader()
            .read("test", "{kind: A, labels: &l {a: b}, again: *l, more: {<<: *l, c: d}}")
            .getFirst();

    assertThat(read.path("again")).isEqualTo(read.path("labels"));
    assertThat(read.path("more").size()).isEqualTo(2);
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
