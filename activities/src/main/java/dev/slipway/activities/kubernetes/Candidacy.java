package dev.slipway.activities.kubernetes;

import dev.slipway.action.FailureType;
import dev.slipway.action.ReplicaShare;
import dev.slipway.activities.kubernetes.DesiredCandidate.Reached;
import dev.slipway.activities.target.Target.RolloutSettings;
import dev.slipway.environment.KubernetesDeployment;
import dev.slipway.pipeline.EnvironmentSpec.Namespace;
import dev.slipway.step.StepFailedException;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a candidate beside a Deployment needs, and what stands against it; found out before anything
 * is written, by who runs one and by who only wants to know.
 */
final class Candidacy {
  private static final String RECREATE = "Recreate";

  private final Change change;
  private final Workloads workloads;
  private final Candidates candidates;
  private final Traffic traffic;

  Candidacy(Change change) {
    this.change = change;
    this.workloads = change.workloads();
    this.candidates = new Candidates(change);
    this.traffic = new Traffic(change);
  }

  /** A candidate that is reached by a Service of its own. */
  record Apart(Deployment deployment, Service service) {}

  /** What runs another release with pods that serve; empty when there is nothing to stand by. */
  Optional<Deployment> serving(KubernetesDeployment release)
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

  /**
   * @throws StepFailedException CONFIGURATION when its pods end before others start
   */
  static void refuseRecreate(Deployment live, Namespace namespace) throws StepFailedException {
    var strategy = live.getSpec().getStrategy();
    if (strategy != null && RECREATE.equals(strategy.getType())) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "Deployment %s in %s ends its pods before it starts others (strategy %s), so that two"
                  .formatted(live.getMetadata().getName(), namespace, RECREATE)
              + " releases can't stand beside each other",
          "Release it with rolling, or have it bear two releases and give it RollingUpdate.");
    }
  }

  /**
   * @throws StepFailedException CONFIGURATION when what serves would not keep its size without
   *     traffic
   */
  void refuseShrinking(Deployment live) throws StepFailedException, InterruptedException {
    refuseAutoscaled(
        live,
        "an autoscaler would shrink %s while it has no traffic, and it is the way back",
        "Leave the switch out: look at the preview, and then release by rolling.");
  }

  private void refuseAutoscaled(Deployment live, String why, String advice)
      throws StepFailedException, InterruptedException {
    var name = live.getMetadata().getName();
    if (workloads.isAutoscaled(name)) {
      throw new StepFailedException(FailureType.CONFIGURATION, why.formatted(name), advice);
    }
  }

  /**
   * A share of the traffic as a number of pods.
   *
   * @throws StepFailedException CONFIGURATION when so many can't express it
   */
  ReplicaShare split(Deployment live, KubernetesDeployment release, int percent)
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

  /** How many pods a share of a route's traffic needs. */
  int sizeOf(Deployment live, KubernetesDeployment release, int percent)
      throws StepFailedException, InterruptedException {
    return Math.max(1, Math.ceilDiv(fullSize(live, release) * percent, 100));
  }

  /** How many pods all of the traffic needs. */
  int fullSize(Deployment live, KubernetesDeployment release)
      throws StepFailedException, InterruptedException {
    return workloads.isAutoscaled(live.getMetadata().getName())
        ? RolloutView.number(live.getSpec().getReplicas(), 1)
        : release.replicas();
  }

  /** The Service that leads to what serves, and to nothing else. */
  Service served(Deployment live) throws StepFailedException, InterruptedException {
    return traffic.only(live);
  }

  /**
   * One that is reached by a Service of its own.
   *
   * @param route that gives it a share; empty for none
   * @throws StepFailedException when something of somebody else's is in its way
   */
  Apart apart(Deployment live, KubernetesDeployment release, int replicas, Optional<String> route)
      throws StepFailedException, InterruptedException {
    var served = served(live);
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
    return new Apart(wanted, service);
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

  /** The Deployment that serves as it would be after the release, by the cluster's own word. */
  Deployment released(KubernetesDeployment release)
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
}
