package dev.slipway.activities.npm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.action.FailureType;
import dev.slipway.pipeline.problem.Nearest;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder with a {@code package.json} and npm's lock file.
 *
 * @param settings what decides about the dependencies, as name and content: package.json, the lock
 *     file and the project's .npmrc
 */
record NpmProject(Path directory, JsonNode manifest, JsonNode lock, Map<String, byte[]> settings) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String MANIFEST = "package.json";
  private static final String LOCK = "package-lock.json";
  private static final String NPMRC = ".npmrc";
  private static final Map<String, String> OTHER_LOCKS =
      Map.of(
          "yarn.lock", "yarn",
          "pnpm-lock.yaml", "pnpm",
          "bun.lock", "bun",
          "bun.lockb", "bun");

  /** Scripts of the project itself that npm runs when it installs; they may write anywhere. */
  private static final List<String> INSTALL_SCRIPTS =
      List.of(
          "preinstall",
          "install",
          "postinstall",
          "prepublish",
          "preprepare",
          "prepare",
          "postprepare",
          "dependencies");

  /**
   * @throws StepFailedException CONFIGURATION when the folder is no project that npm can install
   *     from a lock file
   */
  static NpmProject read(Path directory) throws StepFailedException {
    try {
      var settings = new LinkedHashMap<String, byte[]>();
      if (!Files.isRegularFile(directory.resolve(MANIFEST))) {
        throw noManifest(directory);
      }
      // npm prefers the shrinkwrap, which is a lock file of another name.
      var shrinkwrap = "npm-shrinkwrap.json";
      var lock = Files.isRegularFile(directory.resolve(shrinkwrap)) ? shrinkwrap : LOCK;
      if (!Files.isRegularFile(directory.resolve(lock))) {
        throw noLock(directory);
      }
      for (var name : List.of(MANIFEST, lock, NPMRC)) {
        if (Files.isRegularFile(directory.resolve(name))) {
          settings.put(name, Files.readAllBytes(directory.resolve(name)));
        }
      }
      return new NpmProject(
          directory, object(settings, MANIFEST), object(settings, lock), settings);
    } catch (IOException e) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "`%s` can't be read: %s".formatted(MANIFEST, e.getMessage()),
          "Look at the worker's disk.",
          e);
    }
  }

  private static JsonNode object(Map<String, byte[]> settings, String name)
      throws StepFailedException, IOException {
    try {
      var tree = JSON.readTree(settings.get(name));
      if (tree != null && tree.isObject()) {
        return tree;
      }
    } catch (JsonProcessingException e) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "`%s` is no JSON: %s".formatted(name, e.getOriginalMessage()),
          "Mend line %d.".formatted(e.getLocation().getLineNr()),
          e);
    }
    throw new StepFailedException(
        FailureType.CONFIGURATION,
        "`%s` is no JSON object".formatted(name),
        "Restore it, or make it anew with `npm install`.");
  }

  /**
   * Checks that package.json has the script.
   *
   * @throws StepFailedException CONFIGURATION, with what was probably meant
   */
  void requireScript(String script) throws StepFailedException {
    if (manifest.path("scripts").path(script).isTextual() && !script.startsWith("-")) {
      return;
    }
    var known = new ArrayList<String>();
    manifest.path("scripts").fieldNames().forEachRemaining(known::add);
    throw new StepFailedException(
        FailureType.CONFIGURATION,
        "package.json has no script `%s`".formatted(script)
            + Nearest.question(script, known).map(question -> "; " + question).orElse(""),
        known.isEmpty()
            ? "It has no scripts at all. Write one, or use the action `run`."
            : "It has %s. Name one in `params.script`.".formatted(String.join(", ", known)));
  }

  /**
   * Whether the dependencies follow from {@link #settings()} alone. They don't when a part of them
   * stands in the repository, or when a script of the project takes part.
   */
  boolean isSelfContained() {
    var scripts = manifest.path("scripts");
    return INSTALL_SCRIPTS.stream().noneMatch(scripts::has)
        && !manifest.has("workspaces")
        && !Files.exists(directory.resolve("binding.gyp"))
        && !lock.toString().contains("\"file:")
        && lock.path("packages").properties().stream()
            .allMatch(
                entry ->
                    (entry.getKey().isEmpty() || entry.getKey().startsWith("node_modules/"))
                        && !entry.getValue().path("link").asBoolean());
  }

  private static StepFailedException noManifest(Path directory) throws IOException {
    try (var folders = Files.list(directory)) {
      var projects =
          folders
              .filter(folder -> Files.isRegularFile(folder.resolve(MANIFEST)))
              .map(folder -> "`" + folder.getFileName() + "`")
              .sorted()
              .toList();
      return new StepFailedException(
          FailureType.CONFIGURATION,
          "there is no package.json in the step's directory",
          projects.isEmpty()
              ? "Set the step's `directory` to the folder that has one."
              : "Set the step's `directory`: there is one in %s."
                  .formatted(String.join(", ", projects)));
    }
  }

  private static StepFailedException noLock(Path directory) {
    var other =
        OTHER_LOCKS.entrySet().stream()
            .filter(entry -> Files.exists(directory.resolve(entry.getKey())))
            .map(Map.Entry::getValue)
            .findFirst();
    return new StepFailedException(
        FailureType.CONFIGURATION,
        "there is no package-lock.json beside package.json",
        other
            .map(
                tool ->
                    "The project uses %s: use the action `run`, as `command: [%s, run, build]`."
                        .formatted(tool, tool))
            .orElse("Make it with `npm install` and commit it."));
  }
}
