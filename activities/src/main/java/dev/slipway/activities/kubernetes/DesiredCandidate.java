package dev.slipway.activities.kubernetes;

import dev.slipway.environment.KubernetesDeployment;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A candidate as it is wanted: pods as the Deployment that serves would have them after the
 * release, under a Deployment of their own.
 *
 * @param released the Deployment that serves, as it would be after the release
 * @param route which gives it a share; it stands in what is made for as long as that may be so
 */
record DesiredCandidate(
    KubernetesDeployment release, Deployment released, Reached reached, Optional<String> route) {
  private static final String NODE_PORT = "NodePort";

  /** By whom its pods are reached. */
  enum Reached {
    /** By every Service that reaches what serves. */
    TOGETHER,
    /** By a Service of their own. */
    APART;

    String mark() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private String beside() {
    return released.getMetadata().getName();
  }

  /**
   * @param avoided selectors that must not find its pods, unless they are reached together
   */
  Deployment deployment(int replicas, List<Map<String, String>> avoided) {
    var spec = released.getSpec();
    return new DeploymentBuilder()
        .withMetadata(
            ours(CandidateMarks.deployment(beside()))
                .addToAnnotations(Marks.annotations(release))
                .addToAnnotations(CandidateMarks.TRAFFIC, reached.mark())
                .addToAnnotations(CandidateMarks.BESIDE, beside())
                .addToAnnotations(routed())
                .build())
        .withNewSpec()
        .withReplicas(replicas)
        .withMinReadySeconds(spec.getMinReadySeconds())
        .withProgressDeadlineSeconds(spec.getProgressDeadlineSeconds())
        .withStrategy(spec.getStrategy())
        .withNewSelector()
        .withMatchLabels(CandidateMarks.selector(beside()))
        .endSelector()
        .withTemplate(template(spec.getTemplate(), avoided))
        .endSpec()
        .build();
  }

  private PodTemplateSpec template(PodTemplateSpec served, List<Map<String, String>> avoided) {
    var labels = Desired.podLabels(released);
    return new PodTemplateSpecBuilder(served)
        .editOrNewMetadata()
        .withLabels(
            switch (reached) {
              case TOGETHER -> labels;
              case APART -> apart(labels, avoided);
            })
        .addToLabels(CandidateMarks.selector(beside()))
        .endMetadata()
        .build();
  }

  /**
   * The same labels, but for a value of each selector that would find them. A key that several of
   * them have in common is taken first, so that as few as possible change.
   */
  static Map<String, String> apart(Map<String, String> labels, List<Map<String, String>> avoided) {
    var apart = new TreeMap<>(labels);
    for (var selector : avoided) {
      if (Led.matches(selector, apart)) {
        new TreeSet<>(selector.keySet())
            .stream()
                .max(
                    Comparator.comparingLong(
                        key -> avoided.stream().filter(other -> other.containsKey(key)).count()))
                .ifPresent(key -> apart.put(key, Marks.value(apart.get(key) + "-candidate")));
      }
    }
    return apart;
  }

  /** Leads to the candidate's pods alone, by the ports of the Service that will lead to them. */
  Service service(Service served) {
    var ports = served.getSpec().getPorts().stream().map(DesiredCandidate::port).toList();
    return new ServiceBuilder()
        .withMetadata(ours(CandidateMarks.service(beside())).addToAnnotations(routed()).build())
        .withNewSpec()
        // One that is reached from outside by its nodes is looked at in the same way before.
        .withType(NODE_PORT.equals(served.getSpec().getType()) ? NODE_PORT : null)
        .withSelector(CandidateMarks.selector(beside()))
        .withPorts(ports)
        .endSpec()
        .build();
  }

  private Map<String, String> routed() {
    return route.map(name -> Map.of(CandidateMarks.ROUTE, name)).orElseGet(Map::of);
  }

  private static ServicePort port(ServicePort served) {
    return new ServicePortBuilder()
        .withName(served.getName())
        .withPort(served.getPort())
        .withProtocol(served.getProtocol())
        .withAppProtocol(served.getAppProtocol())
        .withTargetPort(served.getTargetPort())
        .build();
  }

  private ObjectMetaBuilder ours(String name) {
    return new ObjectMetaBuilder()
        .withName(name)
        .withNamespace(Objects.requireNonNull(released.getMetadata().getNamespace()))
        .addToLabels(Marks.NAME, name)
        .addToLabels(Marks.MANAGED_BY, Marks.MANAGER)
        .addToLabels(Marks.labels(release.labels().environment()))
        .addToLabels(CandidateMarks.selector(beside()))
        .addToAnnotations(Marks.MADE, "true");
  }
}
