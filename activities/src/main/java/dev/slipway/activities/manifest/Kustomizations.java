package dev.slipway.activities.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Looks at a kustomization, and at those that it builds on, before the program does: what leads out
 * of the commit, or has a program started, is refused with its place.
 */
final class Kustomizations {
  private static final List<String> NAMES =
      List.of("kustomization.yaml", "kustomization.yml", "Kustomization");
  private static final int MOST = 200;

  /** What has another program started, or reads files in ways of its own. */
  private static final List<String> PROGRAMS =
      List.of(
          "helmCharts",
          "helmChartInflationGenerator",
          "helmGlobals",
          "generators",
          "transformers",
          "validators");

  private static final List<String> FOLDERS = List.of("resources", "bases", "components");
  private static final List<String> FILES = List.of("crds", "configurations");
  private static final List<String> WITH_PATH =
      List.of("patches", "patchesJson6902", "replacements");

  /**
   * Anything else may be an address to the program: {@code host:x}, {@code x?ref=…}, {@code a@b}.
   */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._/ +=,-]+");

  private final Path root;
  private final Path commit;
  private final Set<Path> seen = new HashSet<>();

  /**
   * @param root of the commit's files, without links in it
   */
  Kustomizations(Path commit, Path root) {
    this.commit = commit;
    this.root = root;
  }

  static Optional<Path> in(Path folder) {
    return NAMES.stream().map(folder::resolve).filter(Files::exists).findFirst();
  }

  /**
   * @throws StepFailedException CONFIGURATION that names the file and the entry
   */
  void requireLocal(Path folder) throws IOException, StepFailedException {
    var file = in(folder);
    if (file.isEmpty() || !seen.add(folder.toRealPath())) {
      return;
    }
    var place = place(file.get());
    if (seen.size() > MOST) {
      throw ManifestRules.refused(
          "%s is one of more than %d kustomizations".formatted(place, MOST), "Build on fewer.");
    }
    for (var document :
        new ManifestReader().documents(place, ManifestSources.text(place, file.get()))) {
      requireLocal(folder, place, lowered(place, document));
    }
  }

  private void requireLocal(Path folder, String place, JsonNode document)
      throws IOException, StepFailedException {
    for (var field : PROGRAMS) {
      if (document.has(low(field))) {
        throw ManifestRules.refused(
            "%s has `%s`, and no program is started for a kustomization".formatted(place, field),
            "Commit what it makes; a chart can be the `manifests` itself.");
      }
    }
    if (document.has(low("secretGenerator"))) {
      throw ManifestRules.refused(
          "%s has `secretGenerator`, and a release has no Secrets".formatted(place),
          ManifestRules.advice("Secret"));
    }
    for (var field : FOLDERS) {
      for (var entry : texts(document.path(low(field)))) {
        requireLocal(existing(folder, place, field, entry));
      }
    }
    for (var field : FILES) {
      for (var entry : texts(document.path(low(field)))) {
        var _ = existing(folder, place, field, entry);
      }
    }
    for (var field : WITH_PATH) {
      for (var item : document.path(low(field))) {
        for (var entry : texts(item.path("path"))) {
          var _ = existing(folder, place, field, entry);
        }
      }
    }
    for (var entry : texts(document.path("openapi").path("path"))) {
      var _ = existing(folder, place, "openapi", entry);
    }
    for (var entry : texts(document.path(low("patchesStrategicMerge")))) {
      if (!entry.contains("\n") && !entry.startsWith("{")) {
        var _ = existing(folder, place, "patchesStrategicMerge", entry);
      }
    }
    for (var generator : document.path(low("configMapGenerator"))) {
      for (var field : List.of("files", "envs", "env")) {
        for (var entry : texts(generator.path(field))) {
          var path = entry.substring(entry.indexOf('=') + 1);
          var _ = existing(folder, place, "configMapGenerator." + field, path);
        }
      }
    }
  }

  private Path existing(Path folder, String place, String field, String entry)
      throws IOException, StepFailedException {
    var isPlain =
        PLAIN.matcher(entry).matches()
            && !entry.toLowerCase(Locale.ROOT).contains("github.com")
            && !entry.contains("//")
            && !entry.startsWith("/");
    var path = isPlain ? folder.resolve(entry) : folder;
    if (!isPlain || !Files.exists(path) || !path.toRealPath().startsWith(root)) {
      throw ManifestRules.refused(
          "`%s` of %s has %s, which is no file or folder of the commit"
              .formatted(field, place, entry),
          "Put it into the commit and name it by a relative path: nothing is fetched.");
    }
    return path;
  }

  /** The program does not tell upper from lower case in the names of fields. */
  private static JsonNode lowered(String place, JsonNode node) throws StepFailedException {
    if (node instanceof ObjectNode object) {
      var lowered = JsonNodeFactory.instance.objectNode();
      for (var field : object.properties()) {
        if (lowered.has(low(field.getKey()))) {
          throw ManifestRules.refused(
              "%s has `%s` twice".formatted(place, field.getKey()), "Remove one.");
        }
        lowered.set(low(field.getKey()), lowered(place, field.getValue()));
      }
      return lowered;
    }
    if (node instanceof ArrayNode array) {
      var lowered = JsonNodeFactory.instance.arrayNode();
      for (var item : array) {
        lowered.add(lowered(place, item));
      }
      return lowered;
    }
    return node;
  }

  private static String low(String field) {
    return field.toLowerCase(Locale.ROOT);
  }

  private String place(Path file) {
    return commit.relativize(file.normalize()).toString();
  }

  private static List<String> texts(JsonNode node) {
    var found = new ArrayList<String>();
    if (node.isTextual()) {
      found.add(node.textValue());
    }
    for (var item : node) {
      if (item.isTextual()) {
        found.add(item.textValue());
      }
    }
    return found;
  }
}
