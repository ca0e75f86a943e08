package dev.slipway.activities.kubernetes;

import dev.slipway.action.ReplicaShare;
import dev.slipway.activities.kubernetes.DesiredCandidate.Reached;
import dev.slipway.activities.target.Exposure;
import dev.slipway.activities.target.Target.RolloutSettings;
import dev.slipway.environment.KubernetesDeployment;
import dev.slipway.step.StepFailedException;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Runs a candidate under a Deployment of its own beside the one that serves. */
final class Exposing {
  private final Change change;
  private final Workloads workloads;
  private final Candidacy candidacy;
  private final Candidates candidates;
  private final Traffic traffic;
  private final Rolling rolling;

  Exposing(Change change) {
    this.change = change;
    this.workloads = change.workloads();
    this.candidacy = new Candidacy(change);
    this.candidates = new Candidates(change);
    this.traffic = new Traffic(change);
    this.rolling = new Rolling(change);
  }

  /** Where the candidate alone is reached. */
  Optional<URI> expose(KubernetesDeployment release, Exposure exposure)
      throws StepFailedException, InterruptedException {
    change.fence().claim(change.token());
    var found = candidacy.serving(release);
    if (found.isEmpty()) {
      new Promotion(change).to(release, RolloutSettings.DEFAULT);
      var alone = workloads.of(change.environment()).orElseThrow();
      var service = workloads.service(alone);
      return service.isEmpty() ? Optional.empty() : Optional.of(address(service.get(), alone));
    }
    var live = found.get();
    Candidacy.refuseRecreate(live, change.namespace());
    return switch (exposure) {
      case Exposure.Share(var percent) -> {
        share(live, release, candidacy.split(live, release, percent));
        yield Optional.empty();
      }
      case Exposure.Routed(var percent, var route) -> {
        var candidate = routed(live, release, percent, route);
        yield Optional.of(address(candidate));
      }
      case Exposure.Preview _ -> {
        var candidate = preview(live, release);
        traffic.back(live, List.of(candidate));
        yield Optional.of(address(candidate));
      }
      case Exposure.Switched _ -> {
        candidacy.refuseShrinking(live);
        var candidate = preview(live, release);
        traffic.toCandidate(live, candidate);
        yield Optional.of(address(candidate));
      }
    };
  }

  /** What gets more comes first, so that there are never fewer ready pods than are wanted. */
  private void share(Deployment found, KubernetesDeployment release, ReplicaShare split)
      throws StepFailedException, InterruptedException {
    var before = standing(found, release, Reached.TOGETHER);
    var live = workloads.anew(found);
    var desired =
        new DesiredCandidate(
            release, candidacy.released(release), Reached.TOGETHER, Optional.empty());
    var sizes = new Sizes(change);
    var now = before.map(Exposing::size).orElse(0);
    if (size(live) < split.stable()) {
      var _ = rolling.until(() -> sizes.reduce(live, split.stable()));
    }
    tell(release, split.candidate());
    var most = Math.max(now, split.candidate());
    var _ = rolling.until(() -> candidates.write(desired.deployment(most, List.of())));
    var candidate =
        rolling.until(() -> candidates.write(desired.deployment(split.candidate(), List.of())));
    if (size(live) > split.stable()) {
      var _ = rolling.until(() -> sizes.reduce(live, split.stable()));
    }
    for (var service : workloads.services(live)) {
      traffic.await(service, List.of(live, candidate), List.of());
    }
    change
        .log()
        .line(
            "%d of %d pods run release %d"
                .formatted(split.candidate(), release.replicas(), release.labels().release()));
  }

  /** With as many pods as its share of a route's traffic needs, beside all that serve. */
  private Deployment routed(
      Deployment live, KubernetesDeployment release, int percent, String route)
      throws StepFailedException, InterruptedException {
    var needed = candidacy.sizeOf(live, release, percent);
    var before = standing(live, release, Reached.APART);
    var same =
        before.flatMap(one -> Marks.annotation(one, CandidateMarks.ROUTE)).filter(route::equals);
    if (same.isEmpty()) {
      traffic.undivide(); // What another route gives could not be seen any more afterwards.
    }
    var now = before.map(Exposing::size).orElse(0);
    var candidate = apart(live, release, Math.max(now, needed), Optional.of(route));
    new Routes(change)
        .divide(route, traffic.only(live), workloads.preview(candidate).orElseThrow(), percent);
    return now > needed ? apart(live, release, needed, Optional.of(route)) : candidate;
  }

  /** At full size, with no traffic but by a Service of its own. */
  private Deployment preview(Deployment live, KubernetesDeployment release)
      throws StepFailedException, InterruptedException {
    var _ = standing(live, release, Reached.APART);
    traffic.undivide();
    return apart(live, release, candidacy.fullSize(live, release), Optional.empty());
  }

  private Deployment apart(
      Deployment live, KubernetesDeployment release, int replicas, Optional<String> route)
      throws StepFailedException, InterruptedException {
    var wanted = candidacy.apart(live, release, replicas, route);
    tell(release, replicas);
    var candidate =
        rolling.until(
            () -> {
              // First what says that there is a candidate, so that no part is ever forgotten.
              var written = candidates.write(wanted.deployment());
              var _ = candidates.write(wanted.service());
              return written;
            });
    traffic.await(wanted.service(), List.of(candidate), List.of());
    return candidate;
  }

  private void tell(KubernetesDeployment release, int replicas) {
    change
        .log()
        .line("candidate: release %d on %d pods".formatted(release.labels().release(), replicas));
  }

  /**
   * The candidate as it stands already; one of another release, or that gets its traffic in another
   * way, is taken away before.
   */
  private Optional<Deployment> standing(
      Deployment live, KubernetesDeployment release, Reached reached)
      throws StepFailedException, InterruptedException {
    var all = candidates.all();
    if (all.isEmpty()) {
      return Optional.empty();
    }
    var name = CandidateMarks.deployment(live.getMetadata().getName());
    var same =
        all.size() == 1
            && all.getFirst().getMetadata().getName().equals(name)
            && Marks.release(all.getFirst()).filter(release::equals).isPresent()
            && Marks.annotation(all.getFirst(), CandidateMarks.TRAFFIC)
                .filter(reached.mark()::equals)
                .isPresent();
    if (same) {
      return Optional.of(all.getFirst());
    }
    change.log().line("an older candidate stands there and goes first");
    var _ = change.watch().await(live);
    new Retreat(change).to(live);
    return Optional.empty();
  }

  private URI address(Deployment candidate) throws StepFailedException, InterruptedException {
    return address(workloads.preview(candidate).orElseThrow(), candidate);
  }

  private URI address(Service service, Deployment of)
      throws StepFailedException, InterruptedException {
    return Addresses.of(service, workloads.view(of).pods());
  }

  private static int size(Deployment live) {
    return RolloutView.number(live.getSpec().getReplicas(), 1);
  }
}
