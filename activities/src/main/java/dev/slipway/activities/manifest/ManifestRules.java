package dev.slipway.activities.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Which objects a release may have: those of its namespace, of kinds that are known to be safe. */
final class ManifestRules {
  static final int MOST_OBJECTS = 200;

  /** As {@code slipway rbac} names them. */
  private static final String OUR_ACCOUNTS = "slipway-";

  private static final String OUR_MARKS = "slipway.dev/";

  /** What a cluster says about an object, and nobody wants. */
  private static final List<String> OF_THE_CLUSTER =
      List.of("uid", "resourceVersion", "managedFields", "creationTimestamp", "generation");

  private ManifestRules() {}

  /**
   * @throws StepFailedException CONFIGURATION that names the first object that may not be
   */
  static Manifests judged(List<ObjectNode> nodes, String namespace) throws StepFailedException {
    if (nodes.isEmpty()) {
      throw refused("there is no object in them", "Is `manifests` the right folder?");
    }
    if (nodes.size() > MOST_OBJECTS) {
      throw refused(
          "they have %d objects, and %d are the most".formatted(nodes.size(), MOST_OBJECTS),
          "Leave to the release what belongs to the application alone.");
    }
    var objects = new ArrayList<ManifestObject>();
    var seen = new HashSet<String>();
    for (var node : nodes) {
      var object = judged(node, namespace);
      if (!seen.add(object.key())) {
        throw refused("%s is there twice".formatted(object.key()), "Remove one.");
      }
      objects.add(object);
    }
    return new Manifests(objects);
  }

  private static ManifestObject judged(ObjectNode node, String namespace)
      throws StepFailedException {
    var kind = node.path("kind").asText("");
    var apiVersion = node.path("apiVersion").asText("");
    var named = kind + "/" + node.path("metadata").path("name").asText("");
    var known = ManifestKind.of(apiVersion, kind);
    if (known.isEmpty()) {
      throw refused(
          "%s (%s) can't be part of a release".formatted(named, apiVersion), advice(kind));
    }
    var object = new ManifestObject(known.get(), node.deepCopy());
    if (object.name().isEmpty()) {
      throw refused("a %s has no name".formatted(kind), "Give it `metadata.name`.");
    }
    if (!object.namespace().isEmpty() && !object.namespace().equals(namespace)) {
      throw refused(
          "%s is for the namespace %s, and the environment is %s"
              .formatted(object.key(), object.namespace(), namespace),
          "Leave `metadata.namespace` out.");
    }
    refuseOurs(object);
    object.json().remove("status");
    if (object.json().get("metadata") instanceof ObjectNode metadata) {
      metadata.remove(OF_THE_CLUSTER);
      metadata.put("namespace", namespace);
    }
    return object;
  }

  /** What would let a release act as a worker, or as if we had made it. */
  private static void refuseOurs(ManifestObject object) throws StepFailedException {
    if (object.kind() == ManifestKind.SERVICE_ACCOUNT && isOurAccount(object.name())) {
      throw refused("%s is ours".formatted(object.key()), "Give it another name.");
    }
    for (var field : List.of("serviceAccountName", "serviceAccount")) {
      var account = object.podSpec().path(field).asText("");
      if (isOurAccount(account)) {
        throw refused(
            "the pods of %s would have our own account %s".formatted(object.key(), account),
            "Give them an account of their own, whose name does not begin with `%s`."
                .formatted(OUR_ACCOUNTS));
      }
    }
    var metadata = object.json().path("metadata");
    for (var field : List.of("labels", "annotations")) {
      for (var key : metadata.path(field).properties()) {
        if (key.getKey().startsWith(OUR_MARKS)) {
          throw refused(
              "%s has metadata.%s.%s, which is ours to set"
                  .formatted(object.key(), field, key.getKey()),
              "Remove it.");
        }
      }
    }
    for (var field : List.of("finalizers", "ownerReferences")) {
      if (!metadata.path(field).isEmpty()) {
        throw refused(
            "%s has metadata.%s, and would outlive its release or go before it"
                .formatted(object.key(), field),
            "Remove it.");
      }
    }
  }

  /** Of this application, or of another one in the namespace. */
  private static boolean isOurAccount(String name) {
    return name.startsWith(OUR_ACCOUNTS);
  }

  static String advice(String kind) {
    return switch (kind) {
      case "Secret" ->
          "It would be kept in the store, where everybody reads it. Make it in the namespace by"
              + " other means, and have the manifests refer to it by name.";
      case "Namespace" -> "Make the namespace by hand, with `slipway rbac` for its account.";
      case "Pod", "ReplicaSet" -> "Have a Deployment make the pods.";
      default -> "Apply it by other means. A release may have: " + ManifestKind.all() + ".";
    };
  }

  static StepFailedException refused(String why, String advice) {
    return new StepFailedException(
        FailureType.CONFIGURATION, "the manifests are refused: " + why, advice);
  }
}
