package dev.slipway.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.action.FailureType;
import dev.slipway.activities.kubernetes.Trouble.Source;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DiagnosisTest {
  private static final String REVISION = "deployment.kubernetes.io/revision";

  private final Diagnosis diagnosis = new Diagnosis(Limits.DEFAULT);

  private static ReplicaSet set(String revision) {
    return new ReplicaSetBuilder()
        .withNewMetadata()
        .withUid("set-" + revision)
        .addToAnnotations(REVISION, revision)
        .addNewOwnerReference()
        .withUid("deployment")
        .endOwnerReference()
        .endMetadata()
        .build();
  }

  private static Pod pod(String name, String revision, boolean isReady, ContainerStatus... states) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .addNewOwnerReference()
        .withUid("set-" + revision)
        .endOwnerReference()
        .endMetadata()
        .withNewStatus()
        .withPhase("Running")
        .withContainerStatuses(states)
        .addNewCondition()
        .withType("Ready")
        .withStatus(isReady ? "True" : "False")
        .endCondition()
        .endStatus()
        .build();
  }

  private static RolloutView view(int wanted, Pod... pods) {
    var deployment =
        new DeploymentBuilder()
            .withNewMetadata()
            .withName("shop")
            .withNamespace("staging")
            .withUid("deployment")
            .withGeneration(2L)
            .addToAnnotations(REVISION, "2")
            .endMetadata()
            .withNewSpec()
            .withReplicas(wanted)
            .withNewTemplate()
            .withNewSpec()
            .endSpec()
            .endTemplate()
            .endSpec()
            .withNewStatus()
            .withObservedGeneration(2L)
            .withReplicas(wanted)
            .withUpdatedReplicas(wanted)
            .withAvailableReplicas(wanted)
            .endStatus()
            .build();
    return new RolloutView(deployment, List.of(set("1"), set("2")), List.of(pods));
  }

  private static ContainerStatus waiting(String reason, String message) {
    return new ContainerStatusBuilder()
        .withName("web")
        .withImage("shop@sha256:1")
        .withNewState()
        .withNewWaiting()
        .withReason(reason)
        .withMessage(message)
        .endWaiting()
        .endState()
        .build();
  }

  @Test
  void nothingIsWrongWhilePodsStart() {
    var starting = pod("a", "2", false, waiting("ContainerCreating", ""));

    assertThat(diagnosis.of(view(1, starting))).isEmpty();
  }

  @Test
  void aMissingImageIsNotWaitedFor() {
    var pod = pod("a", "2", false, waiting("ErrImagePull", "shop@sha256:1: not found"));

    assertThat(diagnosis.of(view(1, pod)))
        .hasValueSatisfying(
            trouble -> {
              assertThat(trouble.type()).isEqualTo(FailureType.CONFIGURATION);
              assertThat(trouble.patience()).isZero();
            });
  }

  @Test
  void aRegistryThatDoesNotAnswerMayComeBack() {
    var pod = pod("a", "2", false, waiting("ErrImagePull", "dial tcp: i/o timeout"));

    assertThat(diagnosis.of(view(1, pod)))
        .hasValueSatisfying(
            trouble -> {
              assertThat(trouble.type()).isEqualTo(FailureType.INFRASTRUCTURE);
              assertThat(trouble.patience()).isEqualTo(Limits.DEFAULT.image());
            });
  }

  @Test
  void aCrashLoopNamesExitCodeAndLog() {
    var crashed =
        new ContainerStatusBuilder(waiting("CrashLoopBackOff", "back-off"))
            .withNewLastState()
            .withNewTerminated()
            .withExitCode(3)
            .endTerminated()
            .endLastState()
            .build();

    assertThat(diagnosis.of(view(1, pod("a", "2", false, crashed))))
        .hasValueSatisfying(
            trouble -> {
              assertThat(trouble.happened()).endsWith("crashes again and again: exit code 3");
              assertThat(trouble.printed()).isEqualTo(new Source("a", "web"));
            });
  }

  @Test
  void podsOfTheOlderReleaseAreNobodysFault() {
    var old = pod("a", "1", false, waiting("CrashLoopBackOff", "back-off"));

    assertThat(diagnosis.of(view(1, old))).isEmpty();
  }

  @Test
  void aPodWithoutANodeSaysWhatTheSchedulerSays() {
    var pod =
        new PodBuilder(pod("a", "2", false))
            .editStatus()
            .addNewCondition()
            .withType("PodScheduled")
            .withStatus("False")
            .withReason("Unschedulable")
            .withMessage("0/1 nodes are available: 1 Insufficient cpu.")
            .endCondition()
            .endStatus()
            .build();

    assertThat(diagnosis.of(view(1, pod)))
        .hasValueSatisfying(trouble -> assertThat(trouble.happened()).contains("Insufficient cpu"));
  }

  @Test
  void aPausedDeploymentIsNotWaitedFor() {
    var view = view(1);
    view.deployment().getSpec().setPaused(true);

    assertThat(diagnosis.of(view))
        .hasValueSatisfying(trouble -> assertThat(trouble.happened()).contains("is paused"));
  }

  @Test
  void anImageThatIsStillPulledIsNoStandstill() {
    var pulling = new EventBuilder().withType("Normal").withReason("Pulling").build();

    assertThat(Diagnosis.isPulling(List.of(pulling))).isTrue();
    assertThat(Diagnosis.isPulling(List.of(pulling, warning("Failed")))).isFalse();
    assertThat(Diagnosis.isPulling(List.of())).isFalse();
  }

  @Test
  void aStandstillSaysWhatTheProbeSaid() {
    var trouble =
        diagnosis.standstill(
            view(1, pod("a", "2", false)), List.of(warning("Readiness probe failed: 404")));

    assertThat(trouble.happened())
        .isEqualTo("pod a does not become ready: Readiness probe failed: 404");
  }

  private static Event warning(String message) {
    return new EventBuilder().withType("Warning").withMessage(message).build();
  }

  @Test
  void aRolloutIsCompleteWithoutOldPodsAlone() {
    var fresh = pod("a", "2", true);

    assertThat(view(1, fresh).isComplete()).isTrue();
    assertThat(view(1, fresh, pod("b", "1", true)).isComplete()).isFalse();
    assertThat(view(1, fresh, pod("b", "1", true)).progress())
        .isEqualTo("1 of 1 new pods ready, 1 old");
    assertThat(view(2, fresh).isComplete()).isFalse();
  }

  @Test
  void aPodThatEndsIsNeitherReadyNorWaitedFor() {
    var ending =
        new PodBuilder(pod("a", "2", true))
            .editMetadata()
            .withDeletionTimestamp("2026-01-01T00:00:00Z")
            .endMetadata()
            .build();

    assertThat(view(1, ending).progress()).isEqualTo("0 of 1 new pods ready, 0 old, 1 ending");
    assertThat(view(1, ending, pod("b", "2", true)).isComplete()).isTrue();
  }

  @Test
  void aSlowStartIsAllowedWhatItsProbeAllows() {
    var view = view(1);
    view.deployment()
        .getSpec()
        .getTemplate()
        .setSpec(
            new PodSpecBuilder()
                .addNewContainer()
                .withNewStartupProbe()
                .withInitialDelaySeconds(5)
                .withPeriodSeconds(10)
                .withFailureThreshold(30)
                .endStartupProbe()
                .endContainer()
                .build());

    assertThat(Diagnosis.startup(view)).isEqualTo(Duration.ofSeconds(305));
  }
}
