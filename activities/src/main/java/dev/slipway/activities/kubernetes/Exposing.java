package dev.slipway.activities.kubernetes;

import dev.slipway.action.FailureType;
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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Runs a candidate under a Deployment of its own beside the one that serves. */
final class Exposing {
  private static final String RECREATE = "Recreate";

  private final Change change;
  private final Workloads workloads;
  private final Candidates candidates;
  private final Traffic traffic;
  private final Rolling rolling;

  Exposing(Change change) {
    this.change = change;
    this.workloads = change.workloads();
    this.candidates = new Candidates(change);
    this.traffic = new Traffic(change);
    this.rolling = new Rolling(change);
  }

  /** Where the candidate alone is reached. */
  Optional<URI> expose(KubernetesDeployment release, Exposure exposure)
      throws StepFailedException, InterruptedException {
    change.fence().claim(change.token());
    var found = serving(release);
    if (found.isEmpty()) {
      new Promotion(change).to(release, RolloutSettings.DEFAULT);
      var alone = workloads.of(change.environment()).orElseThrow();
      var service = workloads.service(alone);
      return service.isEmpty() ? Optional.empty() : Optional.of(address(service.get(), alone));
    }
    var live = found.get();
    refuseRecreate(live);
    return switch (exposure) {
      case Exposure.Share(var percent) -> {
        share(live, release, split(live, release, percent));
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
        refuseAutoscaled(
            live,
            "an autoscaler would shrink %s while it has no traffic, and it is the way back",
            "Leave the switch out: look at the preview, and then release by rolling.");
        var candidate = preview(live, release);
        traffic.toCandidate(live, candidate);
        yield Optional.of(address(candidate));
      }
    };
  }

  /** What runs another release with pods that serve; empty when there is nothing to stand by. */
  private Optional<Deployment> serving(KubernetesDeployment release)
      throws StepFailedException, InterruptedException {
    var live = workloads.named(release.workload().name(), change.environment());
    if (live.isEmpty()) {
      change.log().line("nothing serves yet, so that all traffic is the first release's");
      return live;
    }
    var running = Running.of(change.environment(), workloads.view(live.get()));
    if (running.isEmpty()) {
      change.log().line("nothing serves, so that all traffic is this release's");
      return Optional.empty();
    }
    if (Marks.release(live.get()).filter(release::equals).isPresent()) {
      change.log().line("release %d is promoted already".formatted(release.labels().release()));
      return Optional.empty();
    }
    return live;
  }

  private void refuseRecreate(Deployment live) throws StepFailedException {
    var strategy = live.getSpec().getStrategy();
    if (strategy != null && RECREATE.equals(strategy.getType())) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "Deployment %s in %s ends its pods before it starts others (strategy %s), so that two"
                  .formatted(live.getMetadata().getName(), change.namespace(), RECREATE)
              + " releases can't stand beside each other",
          "Release it with rolling, or have it bear two releases and give it RollingUpdate.");
    }
  }

  private void refuseAutoscaled(Deployment live, String why, String advice)
      throws StepFailedException, InterruptedException {
    var name = live.getMetadata().getName();
    if (workloads.isAutoscaled(name)) {
      throw new StepFailedException(FailureType.CONFIGURATION, why.formatted(name), advice);
    }
  }

  private ReplicaShare split(Deployment live, KubernetesDeployment release, int percent)
      throws StepFailedException, InterruptedException {
    refuseAutoscaled(
        live,
        "an autoscaler decides how many pods Deployment %s has, so that no share of them holds",
        "Use blue-green or rolling, or take the autoscaler away.");
    var split = ReplicaShare.of(percent, release.replicas());
    if (split.isEmpty()) {
      var possible = ReplicaShare.expressible(release.replicas());
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "%d replicas can't give a candidate %d %% of the traffic"
              .formatted(release.replicas(), percent),
          possible.isEmpty()
              ? "A canary needs 2 replicas or more."
              : "Ask for one of %s %%, or for more replicas."
                  .formatted(
                      possible.stream().map(Object::toString).collect(Collectors.joining(", "))));
    }
    return split.get();
  }

  /** What gets more comes first, so that there are never fewer ready pods than are wanted. */
  private void share(Deployment found, KubernetesDeployment release, ReplicaShare split)
      throws StepFailedException, InterruptedException {
    var before = standing(found, release, Reached.TOGETHER);
    var live = workloads.anew(found);
    var desired =
        new DesiredCandidate(release, released(release), Reached.TOGETHER, Optional.empty());
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
    var needed = Math.max(1, Math.ceilDiv(whole(live, release) * percent, 100));
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
    return apart(live, release, whole(live, release), Optional.empty());
  }

  /**
   * How many pods serve when all traffic is theirs; an autoscaler knows better than the release.
   */
  private int whole(Deployment live, KubernetesDeployment release)
      throws StepFailedException, InterruptedException {
    return workloads.isAutoscaled(live.getMetadata().getName()) ? size(live) : release.replicas();
  }

  private Deployment apart(
      Deployment live, KubernetesDeployment release, int replicas, Optional<String> route)
      throws StepFailedException, InterruptedException {
    var served = traffic.only(live);
    var desired = new DesiredCandidate(release, released(release), Reached.APART, route);
    var avoided =
        List.of(
            Led.usually(served),
            Objects.requireNonNullElse(
                live.getSpec().getSelector().getMatchLabels(), Map.<String, String>of()));
    var wanted = desired.deployment(replicas, avoided);
    refuseOthersService(wanted);
    var service = desired.service(served);
    candidates.refuseOthers(wanted, service);
    tell(release, replicas);
    var candidate =
        rolling.until(
            () -> {
              // First what says that there is a candidate, so that no part is ever forgotten.
              var written = candidates.write(wanted);
              var _ = candidates.write(service);
              return written;
            });
    traffic.await(service, List.of(candidate), List.of());
    return candidate;
  }

  private void tell(KubernetesDeployment release, int replicas) {
    change
        .log()
        .line("candidate: release %d on %d pods".formatted(release.labels().release(), replicas));
  }

  /** Its labels are new ones, and may be what somebody else's Service waits for. */
  private void refuseOthersService(Deployment wanted)
      throws StepFailedException, InterruptedException {
    var labels = Desired.podLabels(wanted);
    for (var service : workloads.services()) {
      if (!CandidateMarks.isOurs(service, change.environment())
          && Led.before(service).isEmpty()
          && Led.matches(
              Objects.requireNonNullElse(service.getSpec().getSelector(), Map.of()), labels)) {
        throw new StepFailedException(
            FailureType.CONFLICT,
            "Service %s in %s would lead to the candidate too"
                .formatted(service.getMetadata().getName(), change.namespace()),
            "Give it a selector that finds none with the labels %s.".formatted(labels));
      }
    }
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

  /** The Deployment that serves as it would be after the release, by the cluster's own word. */
  private Deployment released(KubernetesDeployment release)
      throws StepFailedException, InterruptedException {
    return Applying.trial(change.cluster(), change.namespace(), change.log())
        .release(
            change.environment(),
            release,
            Optional.empty(),
            RolloutSettings.DEFAULT,
            change.fence(),
            change.token());
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
