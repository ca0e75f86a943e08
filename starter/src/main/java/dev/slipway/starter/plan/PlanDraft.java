package dev.slipway.starter.plan;

import dev.slipway.action.FailureType;
import dev.slipway.activities.plan.ObjectChange;
import dev.slipway.source.SourceRef;
import dev.slipway.starter.plan.EnvironmentPlan.Refusal;
import dev.slipway.step.StepFailure;
import dev.slipway.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A plan while it is being made; what is found twice stands there once. */
final class PlanDraft {
  private final List<ObjectChange> objects = new ArrayList<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  void note(String text) {
    if (!notes.contains(text)) {
      notes.add(text);
    }
  }

  /**
   * @param step null when the release would not even begin
   */
  void refuse(@Nullable String step, FailureType type, String happened, String advice) {
    if (refusals.stream().noneMatch(other -> other.happened().equals(happened))) {
      refusals.add(new Refusal(step, type, happened, advice));
    }
  }

  void refuse(@Nullable String step, StepFailure failure, UnaryOperator<String> shown) {
    refuse(step, failure.type(), shown.apply(failure.happened()), shown.apply(failure.advice()));
  }

  /** The look goes on, as whoever looks from their own machine may not be who releases. */
  void refuseOtherEngine(String holder, String ours) {
    refuse(
        null,
        FailureType.CONFLICT,
        "engine %s releases here, and this machine's is %s: a run from here would be refused"
            .formatted(holder, ours),
        "Run it where that engine is; what is said of earlier releases is this machine's ledger.");
  }

  /**
   * Of an object that several steps change, the last state counts, and what is said of each; the
   * run does not come past one that is refused.
   */
  void add(List<ObjectChange> changes) {
    for (var change : changes) {
      var earlier =
          objects.stream()
              .filter(
                  other ->
                      other.object().equals(change.object())
                          && other.temporary() == change.temporary())
              .findFirst();
      if (earlier.isPresent() && earlier.get().fate().isRefusal()) {
        continue;
      }
      earlier.ifPresent(objects::remove);
      objects.add(
          earlier.map(ObjectChange::remark).map(said -> after(said, change)).orElse(change));
    }
  }

  private static ObjectChange after(String said, ObjectChange change) {
    return change.remark() == null || change.remark().equals(said)
        ? change.remarked(said)
        : change.remarked("%s, then %s".formatted(said, change.remark()));
  }

  /** A candidate is refused for what its Deployment is refused for. */
  private boolean isOfAnObject(Refusal refusal) {
    return objects.stream()
        .anyMatch(
            object -> object.fate().isRefusal() && refusal.happened().equals(object.remark()));
  }

  /** With every text fit for a terminal, whoever wrote it. */
  EnvironmentPlan plan(
      String environment, SourceRef source, @Nullable Long live, long nextRelease) {
    return new EnvironmentPlan(
        environment,
        source.commit(),
        source.subject(),
        live,
        nextRelease,
        objects.stream().map(object -> object.written(Printable::of)).toList(),
        refusals.stream()
            .filter(refusal -> !isOfAnObject(refusal))
            .map(refusal -> refusal.written(Printable::of))
            .toList(),
        notes.stream().map(Printable::of).toList());
  }
}
