package dev.slipway.activities.kubernetes;

import dev.slipway.action.FailureType;
import dev.slipway.activities.manifest.Manifests;
import dev.slipway.activities.store.Store;
import dev.slipway.environment.Deployment;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.KubernetesDeployment;
import dev.slipway.environment.LocalDeployment;
import dev.slipway.pipeline.EnvironmentSpec.Namespace;
import dev.slipway.step.StepFailedException;
import java.util.Optional;

/**
 * What a namespace takes at all, whoever asks: the one who releases, and the one who only wants to
 * know.
 *
 * @param store holds the manifests of releases
 */
record Admission(Namespace namespace, Store store) {
  /** The release, if a cluster can run it. */
  static KubernetesDeployment release(EnvironmentId environment, Deployment wanted)
      throws StepFailedException {
    return switch (wanted) {
      case KubernetesDeployment deployment -> {
        if (Images.digest(deployment.image()).isEmpty()) {
          throw new StepFailedException(
              FailureType.CONFIGURATION,
              "%s is no image by digest".formatted(deployment.image()),
              "Deploy what a build step answered: ${image:STEP}.");
        }
        yield deployment;
      }
      case LocalDeployment local ->
          throw new StepFailedException(
              FailureType.CONFIGURATION,
              "release %d of %s is an artifact for this machine, and runs in no cluster"
                  .formatted(local.labels().release(), environment),
              "Say `target: local` for the environment, or release an image.");
    };
  }

  /** Those of a release; empty for one that has none. */
  Optional<Manifests> manifests(KubernetesDeployment release) throws StepFailedException {
    var objects = release.workload().objects();
    return objects == null ? Optional.empty() : Optional.of(Manifests.read(store, objects));
  }

  /**
   * Whether a release with manifests may have left something.
   *
   * @param live what runs the environment's image
   */
  boolean mayHaveParts(Optional<io.fabric8.kubernetes.api.model.apps.Deployment> live) {
    return namespace.manifests() != null
        || live.flatMap(one -> Marks.annotation(one, Marks.MANIFESTS)).isPresent();
  }

  /**
   * @throws StepFailedException CONFIGURATION where a candidate can't stand beside what serves
   */
  void refuseCandidateBesideManifests(
      EnvironmentId environment,
      KubernetesDeployment release,
      Optional<io.fabric8.kubernetes.api.model.apps.Deployment> live)
      throws StepFailedException {
    if (release.workload().objects() != null || mayHaveParts(live)) {
      throw new StepFailedException(
              FailureType.CONFIGURATION,
              "%s is described by manifests, and a candidate beside it would share them"
                  .formatted(environment),
              "Release it with `strategy: rolling`.")
          .beforeAnyChange();
    }
  }
}
