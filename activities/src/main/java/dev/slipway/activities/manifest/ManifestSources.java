package dev.slipway.activities.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.action.FailureType;
import dev.slipway.activities.process.Command;
import dev.slipway.activities.step.StepContext;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The manifests in a commit: a chart or a kustomization, which its own program renders, or plain
 * files. The programs get no cluster and no settings of the worker's; what would have them fetch
 * something is refused before they start.
 */
final class ManifestSources {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final int MOST_FILES = 1_000;
  private static final String NOWHERE = "http://127.0.0.1:9";

  private final StepContext step;

  ManifestSources(StepContext step) {
    this.step = step;
  }

  List<ObjectNode> read(String path, String application, String namespace)
      throws StepFailedException, InterruptedException {
    var workspace = step.workspace();
    try {
      var root = workspace.toRealPath();
      var place = workspace.resolve(path);
      if (!Files.exists(place) || !place.toRealPath().startsWith(root)) {
        throw ManifestRules.refused(
            "the commit has no `%s`".formatted(path), "Mend `manifests` of the environment.");
      }
      refuseWaysOut(workspace, root);
      if (Files.isRegularFile(place)) {
        return new ManifestReader().read(path, text(path, place));
      }
      if (Files.exists(place.resolve(Charts.CHART))) {
        new Charts(workspace).requireLocal(place);
        return new ManifestReader().read(path, helm(place, application, namespace));
      }
      if (Kustomizations.in(place).isPresent()) {
        new Kustomizations(workspace, root).requireLocal(place);
        return new ManifestReader().read(path, kustomize(place));
      }
      return folder(place);
    } catch (IOException e) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "`%s` of the commit can't be read: %s".formatted(path, e.getMessage()),
          "Is the worker's disk in order?",
          e);
    }
  }

  /** Charts follow links, with the worker's rights. */
  private static void refuseWaysOut(Path folder, Path root)
      throws IOException, StepFailedException {
    try (var files = Files.walk(folder)) {
      for (var file : (Iterable<Path>) files::iterator) {
        if (Files.isSymbolicLink(file)
            && Files.exists(file)
            && !file.toRealPath().startsWith(root)) {
          throw ManifestRules.refused(
              "%s is a link that leads out of the commit".formatted(folder.relativize(file)),
              "Put the file itself there.");
        }
      }
    }
  }

  private static List<ObjectNode> folder(Path place) throws IOException, StepFailedException {
    List<Path> files;
    try (var walked = Files.walk(place)) {
      files =
          walked.filter(Files::isRegularFile).filter(ManifestSources::isManifest).sorted().toList();
    }
    if (files.size() > MOST_FILES) {
      throw ManifestRules.refused(
          "there are %d files, and %d are the most".formatted(files.size(), MOST_FILES),
          "Is `manifests` the right folder?");
    }
    var found = new ArrayList<ObjectNode>();
    var reader = new ManifestReader();
    var bytes = 0L;
    for (var file : files) {
      var name = place.relativize(file).toString();
      bytes += Files.size(file);
      if (bytes > Manifests.MOST_BYTES) {
        throw tooLarge(name + " and the files before it are");
      }
      found.addAll(reader.read(name, text(name, file)));
    }
    return found;
  }

  private static boolean isManifest(Path file) {
    var name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
  }

  static String text(String name, Path file) throws IOException, StepFailedException {
    if (Files.size(file) > Manifests.MOST_BYTES) {
      throw tooLarge(name + " is");
    }
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      throw ManifestRules.refused(name + " is no text in UTF-8", "Save it as such.");
    }
  }

  private static StepFailedException tooLarge(String what) {
    return ManifestRules.refused(
        "%s larger than %d bytes".formatted(what, Manifests.MOST_BYTES),
        "A release is kept whole with every object; large files belong into the image.");
  }

  private String helm(Path chart, String application, String namespace)
      throws StepFailedException, InterruptedException {
    return rendered(
        List.of(
            "helm",
            "template",
            application,
            chart.toString(),
            "--namespace",
            namespace,
            "--no-hooks"),
        "Install Helm 3 on the worker (https://helm.sh).");
  }

  private String kustomize(Path folder) throws StepFailedException, InterruptedException {
    return rendered(
        List.of("kubectl", "kustomize", folder.toString()),
        "Install kubectl on the worker (https://kubernetes.io/docs/tasks/tools).");
  }

  private String rendered(List<String> arguments, String howToInstall)
      throws StepFailedException, InterruptedException {
    var command = Command.of(step.temp(), arguments).withEnv(environment()).within(LIMIT);
    try {
      var output = step.processes().capture(command, Manifests.MOST_BYTES, step.log()::line);
      if (output.exit().isSuccess()) {
        return output.text();
      }
      throw ManifestRules.refused(
          "`%s %s` ended with code %d: %s"
              .formatted(
                  arguments.get(0),
                  arguments.get(1),
                  output.exit().code(),
                  String.join("\n", output.exit().lastLines())),
          "Try it in the repository. Nothing is fetched: what it needs has to be in the commit.");
    } catch (StepFailedException e) {
      var failure = e.failure();
      throw failure.happened().contains("was not found")
          ? new StepFailedException(
              failure.type(), failure.happened(), howToInstall + " " + failure.advice(), e)
          : e;
    }
  }

  /** What is rendered follows from the commit alone: no settings of the worker's, and no proxy. */
  private Map<String, String> environment() {
    var home = step.temp().toString();
    return Map.ofEntries(
        Map.entry("HOME", home),
        Map.entry("KUBECONFIG", home + "/no-kubeconfig"),
        Map.entry("HELM_CACHE_HOME", home + "/helm/cache"),
        Map.entry("HELM_CONFIG_HOME", home + "/helm/config"),
        Map.entry("HELM_DATA_HOME", home + "/helm/data"),
        Map.entry("HTTP_PROXY", NOWHERE),
        Map.entry("HTTPS_PROXY", NOWHERE),
        Map.entry("ALL_PROXY", NOWHERE),
        Map.entry("NO_PROXY", ""),
        Map.entry("http_proxy", NOWHERE),
        Map.entry("https_proxy", NOWHERE),
        Map.entry("all_proxy", NOWHERE),
        Map.entry("no_proxy", ""),
        Map.entry("GIT_ALLOW_PROTOCOL", "none"));
  }
}
