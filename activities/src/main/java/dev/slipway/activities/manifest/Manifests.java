package dev.slipway.activities.manifest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.action.FailureType;
import dev.slipway.activities.store.Store;
import dev.slipway.artifact.Digest;
import dev.slipway.json.Json;
import dev.slipway.step.StepFailedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The objects of a release, in the order in which they are applied. In the store they are a blob:
 * the same objects are the same blob.
 */
public record Manifests(List<ManifestObject> objects) {
  /** Of all files together, and of what they are rendered to. */
  static final int MOST_BYTES = 1 << 20;

  public Manifests {
    objects =
        objects.stream()
            .sorted(Comparator.comparing(ManifestObject::kind).thenComparing(ManifestObject::name))
            .toList();
  }

  /** Those that a release has. */
  public static Manifests read(Store store, Digest digest) throws StepFailedException {
    try (var blob = store.open(digest)) {
      var list = Json.read(blob.readAllBytes(), ArrayNode.class);
      var objects = new ArrayList<ManifestObject>();
      for (var node : list) {
        var kind =
            ManifestKind.of(node.path("apiVersion").asText(""), node.path("kind").asText(""));
        if (kind.isEmpty() || !(node instanceof ObjectNode object)) {
          throw new IOException("it has an object of another kind: " + node.path("kind"));
        }
        objects.add(new ManifestObject(kind.get(), object));
      }
      return new Manifests(objects);
    } catch (IOException | UncheckedIOException e) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "the manifests %s of the release can't be read from the store: %s"
              .formatted(digest, e.getMessage()),
          "Is it the store that the release was made with? Release the commit again.",
          e);
    }
  }

  Digest keep(Store store) throws IOException {
    var list = Json.mapper().createArrayNode();
    objects.forEach(object -> list.add(object.json()));
    return store.put(new ByteArrayInputStream(Json.bytes(list)));
  }

  public Optional<ManifestObject> find(ManifestKind kind, String name) {
    return objects.stream()
        .filter(object -> object.kind() == kind && object.name().equals(name))
        .findFirst();
  }

  /** Names what the ConfigMaps hold that a Deployment's pods use; empty when they use none. */
  public Optional<Digest> configuration(ManifestObject deployment) {
    var used = new TreeSet<String>();
    var pod = deployment.podSpec();
    for (var reference : pod.findValues("configMapRef")) {
      used.add(reference.path("name").asText());
    }
    for (var reference : pod.findValues("configMapKeyRef")) {
      used.add(reference.path("name").asText());
    }
    for (var reference : pod.findValues("configMap")) {
      used.add(reference.path("name").asText());
    }
    var held = new TreeMap<String, ObjectNode>();
    for (var name : used) {
      find(ManifestKind.CONFIG_MAP, name).ifPresent(map -> held.put(name, map.json()));
    }
    return held.isEmpty() ? Optional.empty() : Optional.of(Digest.of(Json.bytes(held)));
  }
}
