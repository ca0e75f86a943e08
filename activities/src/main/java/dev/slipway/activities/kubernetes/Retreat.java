package dev.slipway.activities.kubernetes;

import dev.slipway.step.StepFailedException;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;

/**
 * Takes candidates away: traffic leaves them first, then the Deployment that serves gets back what
 * it left to them, and last their objects go. Where it has less than half of its pods, they come
 * first, since all traffic at once would be too much for it. Each part is done when it is found
 * done.
 */
final class Retreat {
  private final Change change;
  private final Candidates candidates;
  private final Traffic traffic;

  Retreat(Change change) {
    this.change = change;
    this.candidates = new Candidates(change);
    this.traffic = new Traffic(change);
  }

  /**
   * @param live serves, and has pods that are ready
   */
  void to(Deployment live) throws StepFailedException, InterruptedException {
    var all = candidates.all();
    traffic.back(live, all);
    var now = change.workloads().anew(live);
    if (!CandidateMarks.isReduced(now)) {
      silence(all);
      remove(all);
      return;
    }
    if (isTooSmall(now)) {
      raise(now);
    }
    silence(all);
    var restored = new Sizes(change).restore(live);
    remove(all);
    var _ = change.watch().await(restored);
  }

  private static boolean isTooSmall(Deployment live) {
    var now = RolloutView.number(live.getSpec().getReplicas(), 1);
    return 2 * now < CandidateMarks.fullSize(live);
  }

  /** Beside the candidates there may be no room for them; then the candidates have to go before. */
  private void raise(Deployment live) throws StepFailedException, InterruptedException {
    var raised = new Sizes(change).reduce(live, CandidateMarks.fullSize(live));
    try {
      var _ = change.watch().await(raised);
    } catch (StepFailedException e) {
      change.log().line("the candidate goes before: " + e.failure().happened());
    }
  }

  /** When what serves is to end as well. */
  void fromAll() throws StepFailedException, InterruptedException {
    var all = candidates.all();
    traffic.undivide();
    for (var candidate : all) {
      traffic.release(CandidateMarks.beside(candidate));
    }
    silence(all);
    remove(all);
  }

  private void silence(List<Deployment> all) throws StepFailedException, InterruptedException {
    for (var candidate : all) {
      new Sizes(change).silence(candidate);
    }
  }

  private void remove(List<Deployment> all) throws StepFailedException, InterruptedException {
    for (var candidate : all) {
      candidates.remove(candidate);
    }
    candidates.removeServices();
  }
}
