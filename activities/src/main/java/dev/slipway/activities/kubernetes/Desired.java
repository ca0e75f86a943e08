package dev.slipway.activities.kubernetes;

import dev.slipway.activities.target.Target.RolloutSettings;
import dev.slipway.environment.KubernetesDeployment;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategy;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategyBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields that a release wants to have, and no others: what is not written here stays as
 * somebody else has it.
 *
 * @param replicas null when an autoscaler decides
 */
record Desired(
    KubernetesDeployment release,
    String namespace,
    @Nullable Integer replicas,
    RolloutSettings settings) {
  static final int DEFAULT_PORT = 8080;

  private static final String ROLLING = "RollingUpdate";
  private static final int HTTP = 80;
  private static final String PORT = "http";

  /** For an application that has no Deployment yet, or one that we made. */
  Deployment made() {
    var name = release.workload().name();
    return new DeploymentBuilder()
        .withMetadata(ours(name).addToAnnotations(Marks.annotations(release)).build())
        .withNewSpec()
        .withReplicas(replicas)
        .withStrategy(strategy())
        .withNewSelector()
        .addToMatchLabels(Marks.NAME, name)
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .addToLabels(Marks.NAME, name)
        .addToLabels(Marks.labels(release.labels().environment()))
        .addToAnnotations(Marks.people(release.labels()))
        .endMetadata()
        .withNewSpec()
        .withTerminationGracePeriodSeconds(Drain.grace())
        .withContainers(container(name))
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  /** Makes the pods reachable under the Deployment's name; its type is left to others. */
  Service service() {
    var name = release.workload().name();
    return new ServiceBuilder()
        .withMetadata(ours(name).build())
        .withNewSpec()
        .addToSelector(Marks.NAME, name)
        .addNewPort()
        .withName(PORT)
        .withPort(HTTP)
        .withProtocol("TCP")
        .withTargetPort(new IntOrString(port()))
        .endPort()
        .endSpec()
        .build();
  }

  /** Of what we make ourselves. */
  private ObjectMetaBuilder ours(String name) {
    return new ObjectMetaBuilder()
        .withName(name)
        .withNamespace(namespace)
        .addToLabels(Marks.NAME, name)
        .addToLabels(Marks.MANAGED_BY, Marks.MANAGER)
        .addToLabels(Marks.labels(release.labels().environment()))
        .addToAnnotations(Marks.MADE, "true");
  }

  /** For a Deployment of somebody else's: the image and what goes with it. */
  Deployment patch(Deployment live, Container container) {
    var pod = live.getSpec().getTemplate().getSpec();
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName(live.getMetadata().getName())
        .withNamespace(namespace)
        .addToLabels(Marks.labels(release.labels().environment()))
        .addToAnnotations(Marks.annotations(release))
        .endMetadata()
        .withNewSpec()
        .withReplicas(replicas)
        .withStrategy(rolls(live) ? strategy() : null)
        .withNewTemplate()
        .withNewMetadata()
        .addToAnnotations(Marks.people(release.labels()))
        .endMetadata()
        .withNewSpec()
        .withTerminationGracePeriodSeconds(Drain.grace(pod))
        .withContainers(
            new ContainerBuilder()
                .withName(container.getName())
                .withImage(release.image())
                .withLifecycle(Drain.lifecycle(container))
                .build())
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  private Container container(String name) {
    return new ContainerBuilder()
        .withName(release.workload().container() == null ? name : release.workload().container())
        .withImage(release.image())
        .withEnv(variables())
        .addNewPort()
        .withName(PORT)
        .withContainerPort(port())
        .withProtocol("TCP")
        .endPort()
        .withReadinessProbe(readiness())
        .withLifecycle(Drain.lifecycle())
        .build();
  }

  private List<EnvVar> variables() {
    var variables = new ArrayList<EnvVar>();
    variables.add(variable("PORT", Integer.toString(port())));
    variables.add(variable("SLIPWAY_RELEASE", Long.toString(release.labels().release())));
    var commit = release.labels().commit();
    if (commit != null) {
      variables.add(variable("SLIPWAY_COMMIT", commit));
    }
    return variables;
  }

  private static EnvVar variable(String name, String value) {
    return new EnvVarBuilder().withName(name).withValue(value).build();
  }

  private Probe readiness() {
    var probe =
        new ProbeBuilder().withPeriodSeconds(1).withTimeoutSeconds(2).withFailureThreshold(3);
    var health = release.workload().health();
    return health == null
        ? probe.withNewTcpSocket().withPort(new IntOrString(port())).endTcpSocket().build()
        : probe
            .withNewHttpGet()
            .withPath(health)
            .withPort(new IntOrString(port()))
            .endHttpGet()
            .build();
  }

  private int port() {
    var port = release.workload().port();
    return port == null ? DEFAULT_PORT : port;
  }

  DeploymentStrategy strategy() {
    return new DeploymentStrategyBuilder()
        .withType(ROLLING)
        .withNewRollingUpdate()
        .withMaxSurge(new IntOrString(settings.maxSurge()))
        .withMaxUnavailable(new IntOrString(settings.maxUnavailable()))
        .endRollingUpdate()
        .build();
  }

  /** One that ends all pods before it starts new ones does so for a reason of its own. */
  static boolean rolls(Deployment live) {
    var strategy = live.getSpec().getStrategy();
    return strategy == null || strategy.getType() == null || strategy.getType().equals(ROLLING);
  }

  /** Of a Deployment; what its Service and its pods are found by. */
  static Map<String, String> podLabels(Deployment live) {
    var metadata = live.getSpec().getTemplate().getMetadata();
    return metadata == null || metadata.getLabels() == null ? Map.of() : metadata.getLabels();
  }
}
