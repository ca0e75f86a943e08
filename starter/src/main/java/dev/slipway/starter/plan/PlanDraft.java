package dev.slipway.starter.plan;

import dev.slipway.activities.plan.ObjectChange;
import dev.slipway.source.SourceRef;
import dev.slipway.starter.plan.EnvironmentPlan.Refusal;
import dev.slipway.step.StepFailure;
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
  void refuse(@Nullable String step, String happened, String advice) {
    if (refusals.stream().noneMatch(other -> other.happened().equals(happened))) {
      refusals.add(new Refusal(step, happened, advice));
    }
  }

  void refuse(@Nullable String step, StepFailure failure, UnaryOperator<String> shown) {
    refuse(step, shown.apply(failure.happened()), shown.apply(failure.advice()));
  }

  /** Of an object that several steps change, the last state counts, and what is said of each. */
  void add(List<ObjectChange> changes) {
    for (var change : changes) {
      var earlier =
          objects.stream()
              .filter(
                  other ->
                      other.object().equals(change.object())
                          && other.temporary() == change.temporary())
              .findFirst();
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

  EnvironmentPlan plan(
      String environment, SourceRef source, @Nullable Long live, long nextRelease) {
    return new EnvironmentPlan(
        environment,
        source.commit(),
        source.subject(),
        live,
        nextRelease,
        objects,
        refusals.stream().filter(refusal -> !isOfAnObject(refusal)).toList(),
        notes);
  }
}
