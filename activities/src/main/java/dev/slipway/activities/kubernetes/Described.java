package dev.slipway.activities.kubernetes;

import dev.slipway.action.FailureType;
import dev.slipway.activities.manifest.ManifestKind;
import dev.slipway.activities.manifest.Manifests;
import dev.slipway.json.Json;
import dev.slipway.step.StepFailedException;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;

/** The Deployment as a release's manifests describe it, with the release put into it. */
record Described(Desired desired, Manifests manifests) {
  /**
   * @param isMade whether it was not there before us
   */
  Deployment deployment(boolean isMade) throws StepFailedException {
    var release = desired.release();
    var name = release.workload().name();
    var object =
        manifests
            .find(ManifestKind.DEPLOYMENT, name)
            .orElseThrow(
                () ->
                    new StepFailedException(
                        FailureType.INFRASTRUCTURE,
                        "the manifests of release %d have no Deployment %s"
                            .formatted(release.labels().release(), name),
                        "Release the commit again."));
    var described = Serialization.unmarshal(Json.text(object.json()), Deployment.class);
    var configuration = manifests.configuration(object);
    var pod = described.getSpec().getTemplate().getSpec();
    var runs = Containers.of(described, release.workload().container(), release.image());
    pod.setContainers(
        pod.getContainers().stream()
            .map(one -> one.getName().equals(runs.getName()) ? container(one) : one)
            .toList());
    pod.setTerminationGracePeriodSeconds(Drain.grace(pod));
    return new DeploymentBuilder(described)
        .editMetadata()
        .addToLabels(Marks.labels(release.labels().environment()))
        .addToAnnotations(Marks.annotations(release))
        .addToAnnotations(Marks.MANIFESTS, "true")
        .addToAnnotations(isMade ? Map.of(Marks.MADE, "true") : Map.of())
        .endMetadata()
        .editSpec()
        .withReplicas(desired.replicas())
        .withStrategy(
            Desired.rolls(described) ? desired.strategy() : described.getSpec().getStrategy())
        .editTemplate()
        .editOrNewMetadata()
        .addToAnnotations(Marks.people(release.labels()))
        .addToAnnotations(
            configuration.map(d -> Map.of(Marks.CONFIGURATION, d.text())).orElse(Map.of()))
        .endMetadata()
        .endTemplate()
        .endSpec()
        .build();
  }

  private Container container(Container described) {
    var ours = Drain.lifecycle(described);
    var own = described.getLifecycle();
    if (ours != null && own != null) {
      ours.setPostStart(own.getPostStart());
      ours.setStopSignal(own.getStopSignal());
    }
    return new ContainerBuilder(described)
        .withImage(desired.release().image())
        .withLifecycle(ours == null ? own : ours)
        .build();
  }
}
