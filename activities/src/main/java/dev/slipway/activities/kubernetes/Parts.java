package dev.slipway.activities.kubernetes;

import dev.slipway.action.FailureType;
import dev.slipway.activities.manifest.ManifestKind;
import dev.slipway.activities.manifest.ManifestObject;
import dev.slipway.activities.manifest.Manifests;
import dev.slipway.activities.step.StepLog;
import dev.slipway.environment.KubernetesDeployment;
import dev.slipway.environment.ReleaseLabels;
import dev.slipway.json.Json;
import dev.slipway.pipeline.EnvironmentSpec.Namespace;
import dev.slipway.step.StepFailedException;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The objects of a release beside the Deployment that runs its image. They are applied before it,
 * each bound to what was read before the fence was passed.
 */
final class Parts {
  private static final int TRIES = 20;
  private static final int CONFLICT = 409;

  private final ClusterConnection cluster;
  private final Namespace namespace;
  private final PartResources resources;
  private final Creation creation;
  private final ReleaseLabels release;
  private final List<ManifestObject> objects;
  private final StepLog log;

  /** Whether the cluster keeps what is written. */
  private enum Write {
    REHEARSED,
    KEPT
  }

  Parts(
      ClusterConnection cluster,
      Namespace namespace,
      KubernetesDeployment release,
      Manifests manifests,
      StepLog log) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.resources = new PartResources(namespace);
    this.creation = new Creation(cluster);
    this.release = release.labels();
    this.objects =
        manifests.objects().stream()
            .filter(object -> !isMain(object, release.workload().name()))
            .toList();
    this.log = log;
  }

  private static boolean isMain(ManifestObject object, String name) {
    return object.kind() == ManifestKind.DEPLOYMENT && object.name().equals(name);
  }

  /** Has the cluster judge all of them without keeping any, so that a refusal changes nothing. */
  void rehearse(Fence fence, long token) throws StepFailedException, InterruptedException {
    for (var object : objects) {
      write(object, Write.REHEARSED, fence, token);
    }
  }

  /** Those that it writes. */
  List<ManifestObject> objects() {
    return objects;
  }

  /** One of them as it is; empty when it is not there. */
  Optional<GenericKubernetesResource> live(ManifestObject object)
      throws StepFailedException, InterruptedException {
    return cluster.find(
        client -> resources.of(client, object.kind()).withName(object.name()).get());
  }

  /** One of them as the cluster says it would have it; nothing at all is written. */
  GenericKubernetesResource foreseen(ManifestObject object)
      throws StepFailedException, InterruptedException {
    for (var attempt = 0; attempt < TRIES; attempt++) {
      var live = live(object);
      var wanted = wanted(object, live);
      refuse(object, live, wanted);
      var taken = written(object, wanted, live, Write.REHEARSED);
      if (taken.isPresent()) {
        return taken.get();
      }
    }
    throw restless(object);
  }

  void apply(Fence fence, long token) throws StepFailedException, InterruptedException {
    for (var object : objects) {
      write(object, Write.KEPT, fence, token);
      log.line("applied " + object.key());
    }
  }

  private void write(ManifestObject object, Write write, Fence fence, long token)
      throws StepFailedException, InterruptedException {
    var kind = object.kind();
    for (var attempt = 0; attempt < TRIES; attempt++) {
      var live = live(object);
      var wanted = wanted(object, live);
      refuse(object, live, wanted);
      fence.claim(token);
      if (live.isEmpty() && write == Write.KEPT) {
        log.line("makes " + object.key());
        creation.make(client -> resources.of(client, kind).resource(wanted));
      } else if (!handedOver(kind, live) && written(object, wanted, live, write).isPresent()) {
        return;
      }
    }
    throw restless(object);
  }

  private StepFailedException restless(ManifestObject object) {
    return new StepFailedException(
        FailureType.TRANSIENT,
        "%s in %s is changed all the time".formatted(object.key(), namespace),
        "See who changes it: kubectl -n %s get %s %s -o yaml --show-managed-fields"
            .formatted(namespace.name(), object.kind().plural(), object.name()));
  }

  private void refuse(
      ManifestObject object,
      Optional<GenericKubernetesResource> live,
      GenericKubernetesResource wanted)
      throws StepFailedException {
    if (live.isPresent()) {
      refuseForeign(object, live.get());
      if (object.kind() == ManifestKind.DEPLOYMENT) {
        Selectors.refuseOther(live.get(), wanted);
      }
    }
  }

  private boolean handedOver(ManifestKind kind, Optional<GenericKubernetesResource> live)
      throws StepFailedException, InterruptedException {
    return live.isPresent()
        && creation.handOver(live.get(), client -> resources.of(client, kind).resource(live.get()));
  }

  private GenericKubernetesResource wanted(
      ManifestObject object, Optional<GenericKubernetesResource> live) {
    var isMade = live.map(Applying::isMade).orElse(true);
    return new GenericKubernetesResourceBuilder(
            Serialization.unmarshal(Json.text(object.json()), GenericKubernetesResource.class))
        .editMetadata()
        .addToLabels(Marks.labels(release.environment()))
        .addToLabels(Marks.PART, Marks.APPLIED)
        .addToAnnotations(Marks.people(release))
        .addToAnnotations(isMade ? Map.of(Marks.MADE, "true") : Map.of())
        .withResourceVersion(live.map(part -> part.getMetadata().getResourceVersion()).orElse(null))
        .endMetadata()
        .build();
  }

  private void refuseForeign(ManifestObject object, GenericKubernetesResource live)
      throws StepFailedException {
    for (var mine : Marks.labels(release.environment()).entrySet()) {
      var owner = Marks.label(live, mine.getKey());
      if (owner.isPresent() && !owner.get().equals(mine.getValue())) {
        throw new StepFailedException(
            FailureType.CONFLICT,
            "%s in %s says %s=%s and is not that of %s"
                .formatted(
                    object.key(), namespace, mine.getKey(), owner.get(), release.environment()),
            "Give it another name, or the environment a namespace of its own.");
      }
    }
    if (!Marks.areOf(live, release.environment())) {
      throw new StepFailedException(
          FailureType.CONFLICT,
          "%s in %s was made by somebody else (%s), and the manifests have one of that name"
              .formatted(object.key(), namespace, Managers.list(live)),
          "Give one of them another name; or hand it over, with all that it has: "
              + handOver(object));
    }
  }

  private String handOver(ManifestObject object) {
    return "kubectl -n %s label --overwrite %s %s %s %s=%s"
        .formatted(
            namespace.name(),
            object.kind().plural(),
            object.name(),
            Marks.assignments(release.environment()),
            Marks.PART,
            Marks.HANDED_OVER);
  }

  /** As the cluster has taken it; empty when what was read is no longer what is there. */
  private Optional<GenericKubernetesResource> written(
      ManifestObject object,
      GenericKubernetesResource wanted,
      Optional<GenericKubernetesResource> live,
      Write write)
      throws StepFailedException, InterruptedException {
    try {
      return Optional.of(attempt(object.kind(), wanted, false, write));
    } catch (KubernetesClientException e) {
      if (e.getCode() != CONFLICT) {
        throw ClusterFailures.of(cluster.name(), e);
      }
      var owned = OwnedFields.of(e);
      if (owned.fields().isEmpty()) {
        return Optional.empty();
      }
      if (!owned.areOurs()
          && live.flatMap(part -> Marks.label(part, Marks.PART))
              .filter(Marks.APPLIED::equals)
              .isPresent()) {
        throw new StepFailedException(
            FailureType.CONFLICT,
            "%s in %s was changed by somebody else since its release: %s"
                .formatted(object.key(), namespace, owned.list()),
            "Undo that change; or, if it shall give way: " + handOver(object));
      }
      if (write == Write.KEPT) {
        log.line("takes over %s from their managers: %s".formatted(object.key(), owned.list()));
      }
    }
    try {
      return Optional.of(attempt(object.kind(), wanted, true, write));
    } catch (KubernetesClientException e) {
      if (e.getCode() == CONFLICT) {
        return Optional.empty();
      }
      throw ClusterFailures.of(cluster.name(), e);
    }
  }

  private GenericKubernetesResource attempt(
      ManifestKind kind, GenericKubernetesResource wanted, boolean force, Write write)
      throws InterruptedException {
    return cluster.attempt(
        client -> {
          var resource =
              resources
                  .of(client, kind)
                  .resource(wanted)
                  .dryRun(write == Write.REHEARSED)
                  .fieldManager(Marks.MANAGER);
          return force ? resource.forceConflicts().serverSideApply() : resource.serverSideApply();
        });
  }
}
