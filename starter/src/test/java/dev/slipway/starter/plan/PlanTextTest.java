package dev.slipway.starter.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.action.FailureType;
import dev.slipway.activities.plan.FieldChange;
import dev.slipway.activities.plan.ObjectChange;
import dev.slipway.activities.plan.ObjectChange.Fate;
import dev.slipway.starter.plan.EnvironmentPlan.Refusal;
import dev.slipway.starter.view.Paint;
import dev.slipway.step.StepFailure;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTextTest {
  private static final String IMAGE = "r.example/shop@sha256:" + "a".repeat(64);

  private static EnvironmentPlan plan(List<ObjectChange> objects, List<Refusal> refusals) {
    return new EnvironmentPlan(
        "shop/production",
        "c0ffee11" + "0".repeat(32),
        "Sell more",
        1L,
        2,
        objects,
        refusals,
        List.of("${image:image} stands for the image that the run builds"));
  }

  private static String text(EnvironmentPlan plan) {
    return String.join("\n", PlanText.of(List.of(plan), Paint.PLAIN)) + "\n";
  }

  @Test
  void objectsAndTheirFieldsAlign() {
    var changed =
        ObjectChange.of(
                "Deployment/shop",
                List.of(
                    new FieldChange("spec.replicas", "1", "3"),
                    new FieldChange("spec.image", IMAGE, "${image:image}")))
            .remarked("made by an earlier release");
    var candidate =
        ObjectChange.created(
                "Deployment/shop-candidate", List.of(new FieldChange("spec.replicas", null, "1")))
            .forNow();

    assertThat(
            text(
                plan(
                    List.of(candidate, changed, ObjectChange.of("Service/shop", List.of())),
                    List.of())))
        .isEqualTo(
            """
            shop/production  release 2 would be commit c0ffee11 Sell more
            OBJECT                     WHAT             FIELD          BEFORE                               AFTER
            Deployment/shop-candidate  created for now
            Deployment/shop            changed          spec.replicas  1                                    3
                                                        spec.image     r.example/shop@sha256:aaaaaaaaaaaa…  ${image:image}
            Service/shop               unchanged
            Deployment/shop: made by an earlier release
            note: ${image:image} stands for the image that the run builds
            nothing was changed
            """);
  }

  @Test
  void whatCouldNotBeFoundOutIsNoRefusal() {
    var plan =
        plan(
            List.of(),
            List.of(
                new Refusal(null, FailureType.TRANSIENT, "cluster c does not answer", "Wait.")));

    assertThat(plan.possible()).isFalse();
    assertThat(text(plan))
        .contains(
            "not found out: cluster c does not answer",
            "what this release would change could not be found out; nothing was changed")
        .doesNotContain("refused");
  }

  @Test
  void refusalsHaveTheirReasonAndWhatToDo() {
    var conflict =
        ObjectChange.refused(
            "Service/shop",
            Fate.CONFLICT,
            StepFailure.of(FailureType.CONFLICT, "Service shop is ann's", "Ask ann."));
    var plan =
        plan(
            List.of(conflict),
            List.of(
                new Refusal(
                    "rollout-1-weight-10",
                    FailureType.CONFIGURATION,
                    "4 replicas can't do 10 %",
                    "Ask for 25 %.")));

    assertThat(plan.possible()).isFalse();
    assertThat(text(plan))
        .isEqualTo(
            """
            shop/production  release 2 would be commit c0ffee11 Sell more
            OBJECT        WHAT      FIELD  BEFORE  AFTER
            Service/shop  conflict
            Service/shop: Service shop is ann's
              Ask ann.
            refused in rollout-1-weight-10: 4 replicas can't do 10 %
              Ask for 25 %.
            note: ${image:image} stands for the image that the run builds
            this release would be refused; nothing was changed
            """);
  }
}
