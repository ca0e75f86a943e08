package dev.slipway.starter.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.action.FailureType;
import dev.slipway.activities.plan.FieldChange;
import dev.slipway.activities.plan.ObjectChange;
import dev.slipway.activities.plan.ObjectChange.Fate;
import dev.slipway.artifact.Digest;
import dev.slipway.source.SourceRef;
import dev.slipway.step.StepFailure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlanDraftTest {
  private static final ObjectChange DENIED =
      ObjectChange.refused(
          "Deployment/shop",
          Fate.REFUSED,
          StepFailure.of(
              FailureType.CONFIGURATION,
              "cluster c: admission webhook \"images\" denied the request: no such image",
              "Mend it."));

  private final PlanDraft draft = new PlanDraft();

  private EnvironmentPlan plan() {
    return draft.plan(
        "shop/production",
        new SourceRef("r", "c".repeat(40), "Sell", "ann", new Digest("sha256:" + "a".repeat(64))),
        null,
        1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fate.class,
      names = {"REFUSED", "CONFLICT"})
  void aLaterStepDoesNotMendWhatIsRefused(Fate fate) {
    var refused =
        ObjectChange.refused(
            "Service/shop", fate, StepFailure.of(FailureType.CONFLICT, "it is ann's", "Ask ann."));

    draft.add(List.of(refused));
    draft.add(List.of(ObjectChange.of("Service/shop", List.of())));

    assertThat(plan().objects()).containsExactly(refused);
    assertThat(plan().possible()).isFalse();
  }

  @Test
  void anotherEngineRefusesTheReleaseAndItsLeaseIsLeftAlone() {
    draft.refuseOtherEngine("theirs", "ours");

    assertThat(plan().possible()).isFalse();
    assertThat(plan().refusals())
        .singleElement()
        .satisfies(
            refusal -> {
              assertThat(refusal.type()).isEqualTo(FailureType.CONFLICT);
              assertThat(refusal.happened()).contains("engine theirs", "would be refused");
              assertThat(refusal.advice()).doesNotContain("delete");
            });
  }

  @Test
  void whatWouldSteerATerminalIsNowhere() {
    var evil = "x\u001b]0;y\u009b\u202e";
    draft.add(
        List.of(
            new ObjectChange(
                "ConfigMap/" + evil,
                Fate.REFUSED,
                false,
                List.of(new FieldChange(evil, evil, evil)),
                evil,
                evil)));
    draft.refuse(null, FailureType.CONFIGURATION, "no " + evil, evil);
    draft.note(evil);

    assertThat(plan().toString()).contains("x·]0;y··").doesNotContain("\u001b", "\u009b", "\u202e");
  }

  @Test
  void aPolicyMayTakeTheImageThatIsNotBuiltYet() {
    var policy = new PolicyRefusals(true, draft);

    draft.add(policy.withoutDoubtful(List.of(DENIED)));

    assertThat(plan().possible()).isTrue();
    assertThat(plan().notes())
        .singleElement()
        .asString()
        .contains("Deployment/shop", "no such image");
  }

  @Test
  void aPolicyThatRefusesAnImageThatIsThereRefusesTheRelease() {
    var policy = new PolicyRefusals(false, draft);

    draft.add(policy.withoutDoubtful(List.of(DENIED)));

    assertThat(plan().possible()).isFalse();
    assertThat(plan().notes()).isEmpty();
  }
}
