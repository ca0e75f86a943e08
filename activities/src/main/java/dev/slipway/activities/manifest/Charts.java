package dev.slipway.activities.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Looks at a chart, and at those in it, before Helm does: everything that it needs has to be in the
 * commit, as files that can be read there.
 */
final class Charts {
  static final String CHART = "Chart.yaml";

  /** Those of the first version kept their dependencies apart. */
  private static final List<String> LISTS = List.of(CHART, "requirements.yaml");

  private static final String PACKED = ".tgz";
  private static final List<String> REFERENCES = List.of("$ref", "$dynamicRef", "$recursiveRef");

  /** What Helm knows without asking anybody. */
  private static final String STANDARD = "https?://json-schema\\.org/[A-Za-z0-9/.#-]+";

  private static final String SCHEMA = "values.schema.json";
  private static final int MOST = 200;

  private final Path commit;
  private int seen;

  Charts(Path commit) {
    this.commit = commit;
  }

  /**
   * @throws StepFailedException CONFIGURATION that names the file and the dependency
   */
  void requireLocal(Path chart) throws IOException, StepFailedException {
    if (++seen > MOST) {
      throw ManifestRules.refused(
          "%s is one of more than %d charts".formatted(place(chart), MOST), "Depend on fewer.");
    }
    var schema = chart.resolve(SCHEMA);
    if (Files.exists(schema)) {
      for (var document : read(schema)) {
        requireOwnReferences(place(schema), document);
      }
    }
    var parts = chart.resolve("charts");
    for (var name : LISTS) {
      var list = chart.resolve(name);
      if (Files.exists(list)) {
        requireDependencies(list, parts);
      }
    }
    for (var part : children(parts)) {
      if (Files.isDirectory(part)) {
        requireLocal(part);
      } else if (part.toString().endsWith(PACKED)) {
        throw ManifestRules.refused(
            "%s is packed".formatted(place(part)),
            "Unpack it there and commit the folder: tar -xzf %s".formatted(part.getFileName()));
      }
    }
  }

  private void requireDependencies(Path list, Path parts) throws IOException, StepFailedException {
    for (var document : read(list)) {
      for (var dependency : document.path("dependencies")) {
        var name = dependency.path("name").asText("");
        if (children(parts).stream().noneMatch(part -> isChart(part, name))) {
          throw ManifestRules.refused(
              "%s depends on %s, which is not in %s".formatted(place(list), name, place(parts)),
              "Commit it there as a folder, as `helm dependency update` fetches it, unpacked:"
                  + " nothing is fetched.");
        }
      }
    }
  }

  /** Packed ones are told as such. */
  private static boolean isChart(Path part, String name) {
    var file = String.valueOf(part.getFileName());
    return file.endsWith(PACKED)
        ? file.startsWith(name)
        : file.equals(name) && Files.exists(part.resolve(CHART));
  }

  /** Helm would fetch what a schema refers to. */
  private static void requireOwnReferences(String place, JsonNode schema)
      throws StepFailedException {
    for (var field : schema.properties()) {
      var word = field.getKey();
      var text = field.getValue().asText("");
      var leads =
          word.equals("$schema")
              ? !text.matches(STANDARD)
              : REFERENCES.contains(word) && !text.startsWith("#");
      if (leads && field.getValue().isTextual()) {
        throw ManifestRules.refused(
            "`%s` of %s leads to %s".formatted(word, place, text),
            "Write it into the schema itself: nothing is fetched.");
      }
    }
    for (var part : schema) {
      requireOwnReferences(place, part);
    }
  }

  private List<ObjectNode> read(Path file) throws IOException, StepFailedException {
    return new ManifestReader().documents(place(file), ManifestSources.text(place(file), file));
  }

  private static List<Path> children(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private String place(Path file) {
    return commit.relativize(file.normalize()).toString();
  }
}
