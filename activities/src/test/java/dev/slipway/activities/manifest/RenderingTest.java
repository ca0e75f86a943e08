package dev.slipway.activities.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a repository's manifests becomes a release, and what is refused. */
class RenderingTest {
  private static final String IMAGE = "r.example/shop@sha256:" + "a".repeat(64);

  private static String deployment(String name, String image) {
    return """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: %s, creationTimestamp: null}
        spec:
          replicas: 3
          template:
            spec:
              containers: [{name: app, image: "%s", envFrom: [{configMapRef: {name: prices}}]}]
        ---
        """
        .formatted(name, image);
  }

  private static String prices(String value) {
    return """
        {apiVersion: v1, kind: ConfigMap, metadata: {name: prices}, data: {price: "%s"}}
        ---
        """
        .formatted(value);
  }

  private static Manifests judged(String... texts) throws StepFailedException {
    var nodes = new ArrayList<ObjectNode>();
    var reader = new ManifestReader();
    for (var text : texts) {
      nodes.addAll(reader.read("test", text));
    }
    return ManifestRules.judged(nodes, "shop");
  }

  @Test
  void theDeploymentComesLastWhateverTheOrderOfTheFiles() throws Exception {
    var service = "{apiVersion: v1, kind: Service, metadata: {name: shop}}";

    var manifests = judged(deployment("shop", "shop"), service, prices("1"));

    assertThat(manifests.objects())
        .extracting(ManifestObject::key)
        .containsExactly("ConfigMap/prices", "Service/shop", "Deployment/shop");
    assertThat(manifests.objects()).extracting(ManifestObject::namespace).containsOnly("shop");
  }

  @Test
  void theObjectsOfAListAreObjects() throws Exception {
    var list =
        "{apiVersion: v1, kind: List, items: [%s]}"
            .formatted(prices("1").lines().findFirst().orElseThrow());

    assertThat(judged(list).objects()).hasSize(1);
  }

  @Test
  void numbersAndWordsAreReadAsKubernetesReadsThem() throws Exception {
    var read =
        new ManifestReader()
            .read("test", "{kind: A, mode: 0644, on: yes, day: 2026-01-01, time: 15:30}")
            .getFirst();

    assertThat(read.path("mode").intValue()).isEqualTo(420);
    assertThat(read.path("true").isBoolean()).isTrue();
    assertThat(read.path("day").textValue()).isEqualTo("2026-01-01");
    assertThat(read.path("time").textValue()).isEqualTo("15:30");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{apiVersion: v1, kind: Secret, metadata: {name: s}} | Secret/s (v1) | kept in the store",
        "{apiVersion: v1, kind: Namespace, metadata: {name: n}} | Namespace/n | by hand",
        "{apiVersion: v1, kind: Pod, metadata: {name: p}} | Pod/p | Deployment make",
        "{apiVersion: coordination.k8s.io/v1, kind: Lease, metadata: {name: l}} | Lease/l | may",
        "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole} | ClusterRole/ | may have",
        "{apiVersion: v1, kind: Service, metadata: {name: s, namespace: b}} | namespace b | Leave",
        "{apiVersion: v1, kind: Service, metadata: {}} | has no name | metadata.name",
        "{apiVersion: v1, kind: ServiceAccount, metadata: {name: slipway-a}} | is ours | another",
        "{apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {p: x}} | Secret/s | store",
        "{apiVersion: v1, kind: Service, metadata: {name: s, labels: {slipway.dev/part: x}}} | ours to set | Remove",
        "{apiVersion: v1, kind: Service, metadata: {name: s, annotations: {slipway.dev/made: x}}} | ours to set | Remove",
        "{apiVersion: v1, kind: Service, metadata: {name: s, finalizers: [a/b]}} | metadata.finalizers | Remove",
        "{apiVersion: v1, kind: Service, metadata: {name: s, ownerReferences: [{name: a}]}} | metadata.ownerReferences | Remove",
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: s}, spec: {template: {spec: {serviceAccountName: slipway-shop}}}} | our own account slipway-shop | account of their own",
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: s}, spec: {template: {spec: {serviceAccount: slipway-shop}}}} | our own account slipway-shop | account of their own",
        "'' | no object | right folder",
        "[1] | no object | kubectl apply",
        "'{a: 1, a: 2}' | duplicate key | kubectl apply",
      })
  void whatMayNotBePartOfAReleaseIsNamed(String text, String happened, String advice) {
    assertThatThrownBy(() -> judged(text))
        .isInstanceOfSatisfying(
            StepFailedException.class,
            e -> {
              assertThat(e.failure().type()).isEqualTo(FailureType.CONFIGURATION);
              assertThat(e.failure().happened()).contains(happened);
              assertThat(e.failure().advice()).contains(advice);
            });
  }

  @Test
  void theSameObjectTwiceIsRefused() {
    assertThatThrownBy(() -> judged(prices("1"), prices("2")))
        .hasMessageContaining("ConfigMap/prices is there twice");
  }

  @Test
  void moreObjectsThanAReleaseMayHaveAreRefused() {
    var many = new StringBuilder();
    for (var number = 0; number <= ManifestRules.MOST_OBJECTS; number++) {
      many.append(prices("1").replace("prices", "prices-" + number));
    }

    assertThatThrownBy(() -> judged(many.toString())).hasMessageContaining("they have 201 objects");
  }

  @Test
  void theDeploymentOfTheImageIsFound() throws Exception {
    var manifests = judged(deployment("shop", "r.example/shop:1"), deployment("cache", "redis"));

    assertThat(Rendering.deployment(manifests, Optional.empty(), IMAGE).name()).isEqualTo("shop");
    assertThat(Rendering.deployment(manifests, Optional.of("cache"), IMAGE).name())
        .isEqualTo("cache");
    assertThatThrownBy(() -> Rendering.deployment(manifests, Optional.of("shopp"), IMAGE))
        .hasMessageContaining("there is no Deployment shopp");
    assertThatThrownBy(() -> Rendering.deployment(manifests, Optional.empty(), "other@sha256:1"))
        .hasMessageContaining("which Deployment runs other is not known");
  }

  @Test
  void anotherValueInAConfigMapIsAnotherConfiguration() throws Exception {
    var digests = new ArrayList<String>();
    for (var value : List.of("1", "2", "1")) {
      var manifests = judged(deployment("shop", "shop"), prices(value));
      var deployment = Rendering.deployment(manifests, Optional.empty(), IMAGE);
      digests.add(manifests.configuration(deployment).orElseThrow().text());
    }

    assertThat(digests.get(1)).isNotEqualTo(digests.get(0));
    assertThat(digests.get(2)).isEqualTo(digests.get(0));
  }
}
