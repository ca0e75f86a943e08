package dev.slipway.starter.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.artifact.Digest;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.KubernetesDeployment;
import dev.slipway.environment.KubernetesDeployment.Workload;
import dev.slipway.environment.LedgerView;
import dev.slipway.environment.ReleaseLabels;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.pipeline.EnvironmentSpec.Namespace;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final LedgerView EMPTY = new LedgerView(List.of());
  private static final Digest DIGEST = new Digest("sha256:" + "a".repeat(64));

  private static final EnvironmentSpec STAGING =
      new EnvironmentSpec(
          "staging",
          EnvironmentSpec.Target.KUBERNETES,
          null,
          null,
          null,
          null,
          false,
          new Namespace("default", "staging"));

  private static KubernetesDeployment running(long release) {
    return new KubernetesDeployment(
        new ReleaseLabels(
            new EnvironmentId("shop", "staging"), release, 3, "c0ffee", DIGEST, DIGEST, null),
        "r.example/shop@" + DIGEST.text(),
        new Workload("shop", null, null, null, null),
        1);
  }

  @Test
  void anEmptyLedgerBeginsWithWhatRuns() {
    var view = Planner.orAdopted(EMPTY, STAGING, running(7));

    assertThat(view.liveNumber()).contains(7L);
    assertThat(view.nextNumber()).isEqualTo(8);
  }

  @Test
  void whereNothingRunsTheFirstReleaseIsTheNext() {
    assertThat(Planner.orAdopted(EMPTY, STAGING, null).nextNumber()).isEqualTo(1);
  }

  @Test
  void aLedgerThatHasEntriesIsTaken() {
    var known = Planner.orAdopted(EMPTY, STAGING, running(2));

    assertThat(Planner.orAdopted(known, STAGING, running(9))).isSameAs(known);
  }
}
