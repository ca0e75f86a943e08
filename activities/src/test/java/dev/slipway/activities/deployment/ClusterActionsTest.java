package dev.slipway.activities.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.action.FailureType;
import dev.slipway.activities.environment.EarlierReleases;
import dev.slipway.activities.environment.Ledger;
import dev.slipway.activities.step.ActionTestKit;
import dev.slipway.activities.target.Targets;
import dev.slipway.environment.EnvironmentState;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.pipeline.EnvironmentSpec.Namespace;
import dev.slipway.step.EnvironmentGrant;
import dev.slipway.step.StepFailure;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before a cluster is asked for anything. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the tests
class ClusterActionsTest {
  private static final String IMAGE = "r.example/shop@sha256:" + "a".repeat(64);
  private static final Targets NO_CLUSTER =
      spec -> {
        throw new AssertionError("the cluster was asked");
      };

  @TempDir private Path folder;
  private ActionTestKit kit;
  private ClusterDeployAction deploy;

  @BeforeEach
  void begin() {
    kit = ActionTestKit.in(folder).environment(grant(null));
    var earlier = new EarlierReleases(new Ledger(kit.store(), Clock.systemUTC()));
    deploy = ClusterDeployAction.deploy(NO_CLUSTER, earlier);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop:latest",
        "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "r.example/shop:1@sha256:aaaa"
      })
  void whatIsNoImageByDigestInARegistryIsNotDeployed(String image) throws Exception {
    var failure = failure("{'image': '%s'}".formatted(image));

    assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(failure.happened()).contains(image);
    assertThat(failure.advice()).contains("push: true");
  }

  @Test
  void anImageThatTheEnvironmentBeforeHasNotHadIsNotDeployed() throws Exception {
    kit.environment(grant("staging"));

    var failure = failure("{'image': '%s'}".formatted(IMAGE));

    assertThat(failure.type()).isEqualTo(FailureType.CONFLICT);
    assertThat(failure.happened()).contains("staging has no good release of commit");
  }

  @Test
  void aRolloutWithoutRoomIsRefused() throws Exception {
    var failure = failure("{'image': '%s', 'maxSurge': 0, 'maxUnavailable': 0}".formatted(IMAGE));

    assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(failure.happened()).contains("no way to replace a replica");
  }

  private StepFailure failure(String params) throws InterruptedException {
    return kit.params(params).failure(deploy);
  }

  private static EnvironmentGrant grant(@Nullable String after) {
    return new EnvironmentGrant(
        new EnvironmentSpec(
            "production",
            EnvironmentSpec.Target.KUBERNETES,
            null,
            null,
            null,
            after,
            false,
            new Namespace("default", "production")),
        1,
        EnvironmentState.EMPTY,
        1,
        "ada",
        null);
  }
}
