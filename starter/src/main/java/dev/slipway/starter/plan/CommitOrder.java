package dev.slipway.starter.plan;

import dev.slipway.action.FailureType;
import dev.slipway.activities.environment.Holds;
import dev.slipway.activities.environment.Ledger;
import dev.slipway.activities.environment.Staleness;
import dev.slipway.activities.git.GitMirror;
import dev.slipway.environment.Deployment;
import dev.slipway.environment.EnvironmentActivities.SurveyRequest;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.LedgerView;
import dev.slipway.environment.StalenessDecider;
import dev.slipway.environment.StalenessFacts;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.source.SourceRef;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a commit may follow what lives in an environment, as a run would decide it. */
record CommitOrder(Pipeline pipeline, Ledger ledger, GitMirror mirror) {
  void judge(
      EnvironmentId environment,
      EnvironmentSpec spec,
      SourceRef source,
      @Nullable Deployment running,
      LedgerView view,
      PlanDraft draft)
      throws StepFailedException, InterruptedException, IOException {
    var request = new SurveyRequest(environment, spec, source, null, null);
    var facts = new Staleness(ledger).of(request, running, view, mirror);
    var before = facts.missingBefore();
    if (before != null && isReleasedTo(before)) {
      draft.note(
          "%s comes after %s, which gets the commit first, by the same run"
              .formatted(spec.name(), before));
      facts = withoutBefore(facts);
      refuseWhatIsHeldBefore(before, source, draft);
    }
    refuse(environment, facts, source, draft);
  }

  private void refuseWhatIsHeldBefore(String before, SourceRef source, PlanDraft draft)
      throws StepFailedException, InterruptedException, IOException {
    var environment = new EnvironmentId(pipeline.application(), before);
    var held = Holds.in(source.commit(), ledger.view(environment), mirror);
    refuse(environment, new StalenessFacts(null, true, List.of(), held, null, null), source, draft);
    var earlier = pipeline.environment(before).map(EnvironmentSpec::after);
    if (earlier.isPresent()) {
      refuseWhatIsHeldBefore(earlier.get(), source, draft);
    }
  }

  private static void refuse(
      EnvironmentId environment, StalenessFacts facts, SourceRef source, PlanDraft draft) {
    StalenessDecider.refusal(environment, facts)
        .ifPresent(
            why ->
                draft.refuse(
                    null,
                    FailureType.CONFLICT,
                    "%s refuses commit %s: %s"
                        .formatted(environment.name(), source.abbreviatedCommit(), why),
                    "See `slipway history %s`.".formatted(environment.name())));
  }

  private boolean isReleasedTo(String environment) {
    return pipeline.stages().stream().anyMatch(stage -> environment.equals(stage.environment()));
  }

  private static StalenessFacts withoutBefore(StalenessFacts facts) {
    return new StalenessFacts(
        facts.live(), facts.liveKnown(), facts.lost(), facts.held(), null, null);
  }
}
