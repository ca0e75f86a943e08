package dev.slipway.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.activities.target.Target.RolloutSettings;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.pipeline.EnvironmentSpec.Namespace;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MarksTest {
  @Test
  void aLegalLabelStaysAsItIs() {
    assertThat(Marks.value("shop-2.b_c")).isEqualTo("shop-2.b_c");
  }

  @Test
  void whatIsNoLabelBecomesOneAndTwoStayTwo() {
    assertThat(Marks.value("my shop")).matches("my-shop-[0-9a-f]{8}");
    assertThat(Marks.value("my shop")).isNotEqualTo(Marks.value("my/shop"));
    assertThat(Marks.value("x".repeat(80))).hasSize(63).matches("x+-[0-9a-f]{8}");
    assertThat(Marks.value("ä")).matches("[0-9a-f]{8}");
  }

  @Test
  void aLeaseHasANameThatDnsAllows() {
    assertThat(Marks.lease("shop")).isEqualTo("slipway-shop");
    assertThat(Marks.lease("My_Shop")).matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?");
    assertThat(Marks.lease("x".repeat(80))).hasSizeLessThanOrEqualTo(63);
  }

  @Test
  void aReleaseIsReadBackAsItWasWritten() {
    var release = ClusterWorld.release(1, "registry.example.com/shop@sha256:" + "1".repeat(64), 2);

    var object = new Desired(release, "shop", 2, RolloutSettings.DEFAULT).made();

    assertThat(Marks.release(object)).contains(release);
  }

  @Test
  void theRightsAreThoseOfOneNamespace() {
    var yaml =
        Rbac.yaml(
            new EnvironmentId("shop", "staging"),
            new Namespace("default", "shop-staging"),
            List.of());

    assertThat(yaml)
        .contains("kind: ServiceAccount", "kind: Role", "kind: RoleBinding")
        .doesNotContain("ClusterRole", "secrets", "*")
        .startsWith("---\n");
  }

  @Test
  void onlyAnEnvironmentWithManifestsMayChangeFurtherKinds() {
    var environment = new EnvironmentId("shop", "staging");

    var minimal = Rbac.yaml(environment, new Namespace("default", "shop"), List.of());
    var wide = Rbac.yaml(environment, new Namespace("default", "shop", "deploy"), List.of());

    assertThat(minimal)
        .doesNotContain("configmaps", "serviceaccounts", "ingresses", "networkpolicies");
    assertThat(wide)
        .contains("configmaps", "serviceaccounts", "ingresses")
        .doesNotContain("secrets");
  }

  @Test
  void whoDividesARoutesTrafficMayTouchThatRouteAlone() {
    var yaml =
        Rbac.yaml(
            new EnvironmentId("shop", "staging"), new Namespace("default", "shop"), List.of("web"));

    assertThat(yaml)
        .contains(
            """
            - apiGroups:
              - gateway.networking.k8s.io
              resourceNames:
              - web
              resources:
              - httproutes
              verbs:
              - get
              - patch
            """);
  }
}
