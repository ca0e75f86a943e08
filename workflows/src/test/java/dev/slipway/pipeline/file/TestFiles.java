package dev.slipway.pipeline.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.action.ActionCatalog;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Pipeline files for tests. */
public final class TestFiles {
  private TestFiles() {}

  public static byte[] bytes(String resource) {
    try (var stream = TestFiles.class.getResourceAsStream(resource)) {
      return Objects.requireNonNull(stream, resource).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String text(String resource) {
    return new String(bytes(resource), StandardCharsets.UTF_8);
  }

  public static PipelineFile parse(String text) {
    return PipelineFile.parse(
        text.getBytes(StandardCharsets.UTF_8), ActionCatalog.builtIn(), "shop");
  }

  /** The meaning of a file that must be valid. */
  public static Pipeline pipeline(String text) {
    var file = parse(text);
    assertThat(file.problems().stream().filter(Problem::isError)).isEmpty();
    return ((PipelineFile.Valid) file).pipeline();
  }

  /** The problems as {@code line:column path: message | suggestion}. */
  public static List<String> problems(String text) {
    return parse(text).problems().stream().map(TestFiles::line).toList();
  }

  public static String line(Problem problem) {
    return "%s%d:%d %s: %s%s"
        .formatted(
            problem.isError() ? "" : "warning ",
            problem.line(),
            problem.column(),
            problem.path(),
            problem.message(),
            problem.suggestion().map(help -> " | " + help).orElse(""));
  }
}
