package dev.slipway.activities.kubernetes;

import dev.slipway.activities.kubernetes.DesiredCandidate.Reached;
import dev.slipway.activities.plan.FieldDiff;
import dev.slipway.activities.plan.ObjectChange;
import dev.slipway.activities.target.Exposure;
import dev.slipway.environment.KubernetesDeployment;
import dev.slipway.step.StepFailedException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What would stand beside what serves while a release gets a part of the traffic. */
final class CandidatePreview {
  private final Change change;
  private final Candidacy candidacy;
  private final Candidates candidates;

  /**
   * @param change with a fence that shuts nobody out
   */
  CandidatePreview(Change change) {
    this.change = change;
    this.candidacy = new Candidacy(change);
    this.candidates = new Candidates(change);
  }

  /**
   * In the order of {@link Exposing}, so that the same is refused first.
   *
   * @throws StepFailedException when the exposure would be refused
   */
  List<ObjectChange> of(KubernetesDeployment release, Exposure exposure)
      throws StepFailedException, InterruptedException {
    var serving = candidacy.serving(release);
    if (serving.isEmpty()) {
      return List.of();
    }
    var live = serving.get();
    Candidacy.refuseRecreate(live, change.namespace());
    return switch (exposure) {
      case Exposure.Share(var percent) -> share(live, release, percent);
      case Exposure.Routed(var percent, var route) -> routed(live, release, percent, route);
      case Exposure.Preview _ -> preview(live, release);
      case Exposure.Switched _ -> {
        candidacy.refuseShrinking(live);
        yield switched(live, release);
      }
    };
  }

  private List<ObjectChange> share(Deployment live, KubernetesDeployment release, int percent)
      throws StepFailedException, InterruptedException {
    var split = candidacy.split(live, release, percent);
    var wanted =
        new DesiredCandidate(
                release, candidacy.released(release), Reached.TOGETHER, Optional.empty())
            .deployment(split.candidate(), List.of());
    candidates.refuseOthers(wanted);
    return List.of(
        made(wanted)
            .remarked(
                "%d percent: %d of %d pods"
                    .formatted(percent, split.candidate(), release.replicas())));
  }

  private List<ObjectChange> routed(
      Deployment live, KubernetesDeployment release, int percent, String route)
      throws StepFailedException, InterruptedException {
    var size = candidacy.sizeOf(live, release, percent);
    var apart = candidacy.apart(live, release, size, Optional.of(route));
    var share =
        new RouteShare(
            candidacy.served(live).getMetadata().getName(),
            apart.service().getMetadata().getName(),
            percent);
    var divided = new Routes(change).foresee(route, share);
    var changes = new ArrayList<>(made(apart));
    changes.add(
        ObjectChange.of("HTTPRoute/" + route, FieldDiff.between(divided.before(), divided.after()))
            .forNow()
            .remarked("%d percent of its traffic".formatted(percent)));
    return changes;
  }

  private List<ObjectChange> preview(Deployment live, KubernetesDeployment release)
      throws StepFailedException, InterruptedException {
    return made(
        candidacy.apart(live, release, candidacy.fullSize(live, release), Optional.empty()));
  }

  private List<ObjectChange> switched(Deployment live, KubernetesDeployment release)
      throws StepFailedException, InterruptedException {
    var changes = new ArrayList<>(preview(live, release));
    changes.add(
        new ObjectChange(
            "Service/" + candidacy.served(live).getMetadata().getName(),
            ObjectChange.Fate.CHANGED,
            true,
            List.of(),
            "all its traffic is led to the candidate",
            null));
    return changes;
  }

  private List<ObjectChange> made(Candidacy.Apart apart)
      throws StepFailedException, InterruptedException {
    return List.of(made(apart.deployment()), made(apart.service()));
  }

  /** Without its fields, which are a copy of what serves. */
  private <T extends HasMetadata> ObjectChange made(T wanted)
      throws StepFailedException, InterruptedException {
    var foreseen = candidates.rehearse(wanted);
    return ObjectChange.created(
            foreseen.getKind() + "/" + foreseen.getMetadata().getName(), List.of())
        .forNow();
  }
}
