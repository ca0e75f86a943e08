package dev.slipway.activities.deployment;

import dev.slipway.action.ClusterSpecs;
import dev.slipway.action.FailureType;
import dev.slipway.activities.environment.EarlierReleases;
import dev.slipway.activities.manifest.Rendering;
import dev.slipway.activities.step.StepContext;
import dev.slipway.artifact.Digest;
import dev.slipway.artifact.ImageNames;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.KubernetesDeployment;
import dev.slipway.environment.KubernetesDeployment.Workload;
import dev.slipway.environment.LocalDeployment;
import dev.slipway.environment.ReleaseLabels;
import dev.slipway.step.StepFailedException;
import java.util.Optional;

/** What a step wants to run, put together from its request and its environment. */
final class Deployments {
  private Deployments() {}

  /** The environment that the step changes. */
  static EnvironmentId environment(StepContext step) throws StepFailedException {
    return new EnvironmentId(step.request().key().application(), step.environment().spec().name());
  }

  /** The release that the step has processes run here, with its labels. */
  static LocalDeployment local(StepContext step, EarlierReleases earlier)
      throws StepFailedException, InterruptedException {
    var grant = step.environment();
    var spec = grant.spec();
    var run = spec.run();
    if (run == null) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "environment `" + spec.name() + "` does not say how its application runs",
          "Give it `run` with a `command`.");
    }
    var artifact = step.artifact(step.params().required("artifact"));
    earlier.requireApplication(step, "artifact " + artifact.name(), artifact.digest());
    return new LocalDeployment(
        labels(step, artifact.digest(), LocalDeployment.configuration(run, spec.database())),
        artifact,
        run,
        spec.database(),
        step.params().count("replicas", run.replicas()));
  }

  /** The release that the step has a cluster run, with its labels. */
  static KubernetesDeployment inCluster(StepContext step, EarlierReleases earlier)
      throws StepFailedException, InterruptedException {
    var image = image(step.params().required(ClusterSpecs.IMAGE));
    earlier.requireApplication(step, "image " + image, digest(image));
    return inCluster(step);
  }

  /** The same, wherever the image ran before. */
  static KubernetesDeployment inCluster(StepContext step)
      throws StepFailedException, InterruptedException {
    var spec = step.environment().spec();
    var params = step.params();
    var image = image(params.required(ClusterSpecs.IMAGE));
    var digest = digest(image);
    var rendering = rendering(step, image);
    var workload =
        new Workload(
            rendering.isPresent()
                ? rendering.get().deployment()
                : params.text(ClusterSpecs.DEPLOYMENT, step.request().key().application()),
            rendering
                .map(Rendering::container)
                .or(() -> params.text(ClusterSpecs.CONTAINER))
                .orElse(null),
            params.json().has(ClusterSpecs.PORT) ? params.count(ClusterSpecs.PORT, 0) : null,
            params.text(ClusterSpecs.HEALTH).orElse(null),
            rendering.map(Rendering::objects).orElse(null));
    return new KubernetesDeployment(
        labels(step, digest, KubernetesDeployment.configuration(spec.kubernetes(), workload)),
        image,
        workload,
        replicas(step, rendering.flatMap(Rendering::replicas)));
  }

  /** As many as the step says, or its manifests, or else as the run found. */
  private static int replicas(StepContext step, Optional<Integer> rendered)
      throws StepFailedException, InterruptedException {
    var found = step.environment().before().application();
    return step.params()
        .count(ClusterSpecs.REPLICAS, rendered.orElse(found == null ? 1 : found.replicas()));
  }

  /** Empty for an environment without manifests. */
  private static Optional<Rendering> rendering(StepContext step, String image)
      throws StepFailedException, InterruptedException {
    var place = step.environment().spec().kubernetes();
    if (place == null || place.manifests() == null) {
      return Optional.empty();
    }
    var params = step.params();
    return Optional.of(
        Rendering.of(
            step,
            place.manifests(),
            place.name(),
            params.text(ClusterSpecs.DEPLOYMENT),
            params.text(ClusterSpecs.CONTAINER),
            image));
  }

  private static String image(String image) throws StepFailedException {
    if (ImageNames.isByDigest(image)) {
      return image;
    }
    throw new StepFailedException(
        FailureType.CONFIGURATION,
        "a cluster can't pull `%s`: it is no image by digest in a registry".formatted(image),
        "Let the step that builds it push it (`push: true`), and name it as ${image:STEP}.");
  }

  private static Digest digest(String image) {
    return new Digest(image.substring(image.indexOf('@') + 1));
  }

  private static ReleaseLabels labels(StepContext step, Digest content, Digest configuration)
      throws StepFailedException {
    return new ReleaseLabels(
        environment(step),
        step.environment().release(),
        step.request().key().run(),
        step.request().source().commit(),
        content,
        configuration,
        step.environment().approver());
  }
}
