package dev.slipway.activities.kubernetes;

import dev.slipway.action.FailureType;
import dev.slipway.activities.manifest.ManifestKind;
import dev.slipway.activities.manifest.Manifests;
import dev.slipway.activities.step.StepLog;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.pipeline.EnvironmentSpec.Namespace;
import dev.slipway.step.StepFailedException;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Parts of an environment's releases that were not there before us, and may go again. They are
 * found by their marks and not by comparing releases, so that what a dead worker left is found too.
 */
final class MadeParts {
  private static final int TRIES = 50;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  private final ClusterConnection cluster;
  private final Namespace namespace;
  private final PartResources resources;
  private final EnvironmentId environment;
  private final StepLog log;

  private record Part(ManifestKind kind, GenericKubernetesResource live) {
    String name() {
      return live.getMetadata().getName();
    }

    @Override
    public String toString() {
      return "%s/%s".formatted(kind.kind(), name());
    }
  }

  MadeParts(
      ClusterConnection cluster, Namespace namespace, EnvironmentId environment, StepLog log) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.resources = new PartResources(namespace);
    this.environment = environment;
    this.log = log;
  }

  /** Fails while nothing has changed yet, when we may not look for them. */
  void requireAccess() throws StepFailedException, InterruptedException {
    var _ = all();
  }

  /** Removes what is not in a release; without manifests a release has none. */
  void prune(Optional<Manifests> keep, Fence fence, long token)
      throws StepFailedException, InterruptedException {
    for (var part : superfluous(keep)) {
      remove(part, any -> true, fence, token);
    }
  }

  /** What is not in a release. */
  List<String> namesOfSuperfluous(Optional<Manifests> keep)
      throws StepFailedException, InterruptedException {
    return superfluous(keep).stream().map(Part::toString).toList();
  }

  private List<Part> superfluous(Optional<Manifests> keep)
      throws StepFailedException, InterruptedException {
    return all().stream()
        .filter(
            part -> keep.flatMap(manifests -> manifests.find(part.kind(), part.name())).isEmpty())
        .toList();
  }

  /**
   * Removes what a first release has made, of which nothing is to stay: of all that is there it is
   * the newest.
   *
   * @param main the Deployment that runs the image, where it was made already
   */
  void discard(Optional<Deployment> main, Fence fence, long token)
      throws StepFailedException, InterruptedException {
    var parts = all();
    var newest = main.map(MadeParts::number).orElse(Long.MIN_VALUE);
    for (var part : parts) {
      newest = Math.max(newest, number(part.live()));
    }
    var release = newest;
    for (var part : parts) {
      if (number(part.live()) == release) {
        remove(part, live -> number(live) == release, fence, token);
      }
    }
  }

  private static long number(HasMetadata object) {
    try {
      return Marks.annotation(object, Marks.NUMBER).map(Long::parseLong).orElse(Long.MIN_VALUE);
    } catch (NumberFormatException changedByHand) {
      return Long.MIN_VALUE;
    }
  }

  private void remove(Part part, Predicate<HasMetadata> still, Fence fence, long token)
      throws StepFailedException, InterruptedException {
    var named = part.toString();
    for (var attempt = 0; attempt < TRIES; attempt++) {
      var live =
          cluster.find(client -> resources.of(client, part.kind()).withName(part.name()).get());
      if (live.filter(this::isMade).filter(still).isEmpty()) {
        return;
      }
      fence.claim(token);
      log.line("removes %s, which the release does not have".formatted(named));
      if (removed(part.kind(), live.orElseThrow())) {
        return;
      }
    }
    throw new StepFailedException(
        FailureType.TRANSIENT,
        "%s in %s is changed all the time".formatted(named, namespace),
        "See who changes it: kubectl -n %s get %s %s -o yaml --show-managed-fields"
            .formatted(namespace.name(), part.kind().plural(), part.name()));
  }

  /** False when what was read is no longer what is there. */
  private boolean removed(ManifestKind kind, GenericKubernetesResource live)
      throws StepFailedException, InterruptedException {
    try {
      var _ =
          cluster.attempt(
              client ->
                  resources
                      .of(client, kind)
                      .resource(live)
                      .lockResourceVersion(live.getMetadata().getResourceVersion())
                      .delete());
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == CONFLICT) {
        return false;
      }
      throw ClusterFailures.of(cluster.name(), e);
    }
  }

  private List<Part> all() throws StepFailedException, InterruptedException {
    var found = new ArrayList<Part>();
    for (var kind : ManifestKind.values()) {
      for (var live : list(kind)) {
        if (isMade(live)) {
          found.add(new Part(kind, live));
        }
      }
    }
    return found;
  }

  private boolean isMade(HasMetadata live) {
    return Applying.isMade(live)
        && Marks.areOf(live, environment)
        && Marks.label(live, Marks.PART).isPresent();
  }

  private List<GenericKubernetesResource> list(ManifestKind kind)
      throws StepFailedException, InterruptedException {
    try {
      return cluster.attempt(
          client ->
              resources
                  .of(client, kind)
                  .withLabels(Marks.labels(environment))
                  .withLabel(Marks.PART)
                  .list()
                  .getItems());
    } catch (KubernetesClientException e) {
      if (e.getCode() == NOT_FOUND) {
        return List.of(); // The cluster has no such kind.
      }
      if (e.getCode() == FORBIDDEN && namespace.manifests() == null) {
        throw new StepFailedException(
            FailureType.CONFIGURATION,
            "the objects of older releases in %s can't be looked for: %s"
                .formatted(namespace, ClusterFailures.said(e)),
            "Give the account what `slipway rbac` printed while the environment had `manifests`,"
                + " until a release without them is through.",
            e);
      }
      throw ClusterFailures.of(cluster.name(), e);
    }
  }
}
