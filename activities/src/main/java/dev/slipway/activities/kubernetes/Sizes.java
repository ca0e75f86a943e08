package dev.slipway.activities.kubernetes;

import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** Changes how many replicas a Deployment has, and nothing else of what was applied to it. */
final class Sizes {

  private final Change change;
  private final Workloads workloads;
  private final BoundWrites writes;

  Sizes(Change change) {
    this.change = change;
    this.workloads = change.workloads();
    this.writes = new BoundWrites(change);
  }

  /** Leaves replicas to a candidate; how many it has by rights is noted in the Deployment. */
  Deployment reduce(Deployment live, int replicas)
      throws StepFailedException, InterruptedException {
    return set(
        live,
        now ->
            new DeploymentBuilder(AppliedFields.of(now))
                .editMetadata()
                .addToAnnotations(
                    CandidateMarks.FULL_SIZE, Integer.toString(CandidateMarks.fullSize(now)))
                .endMetadata()
                .editSpec()
                .withReplicas(replicas)
                .endSpec()
                .build());
  }

  /** Ends what {@link #reduce} began. */
  Deployment restore(Deployment live) throws StepFailedException, InterruptedException {
    return set(
        live,
        now ->
            new DeploymentBuilder(AppliedFields.of(now))
                .editMetadata()
                .removeFromAnnotations(CandidateMarks.FULL_SIZE)
                .endMetadata()
                .editSpec()
                .withReplicas(CandidateMarks.fullSize(now))
                .endSpec()
                .build());
  }

  /** For a candidate, whose number is nobody else's matter. */
  void silence(Deployment candidate) throws StepFailedException, InterruptedException {
    var name = candidate.getMetadata().getName();
    var _ =
        writes.write(
            "Deployment " + name,
            () -> named(name),
            now ->
                attempt(
                    new DeploymentBuilder(AppliedFields.of(now))
                        .editSpec()
                        .withReplicas(0)
                        .endSpec()
                        .build(),
                    true));
  }

  private Deployment named(String name) throws StepFailedException, InterruptedException {
    return workloads.named(name, change.environment()).orElseThrow(() -> gone(name));
  }

  private interface Wanted {
    Deployment of(Deployment now);
  }

  private Deployment set(Deployment live, Wanted wanted)
      throws StepFailedException, InterruptedException {
    var name = live.getMetadata().getName();
    return writes.write(
        "Deployment " + name, () -> named(name), now -> written(now, wanted.of(now)));
  }

  private Deployment written(Deployment now, Deployment wanted)
      throws StepFailedException, InterruptedException {
    try {
      return attempt(wanted, false);
    } catch (KubernetesClientException e) {
      var owned = OwnedFields.of(e);
      if (owned.fields().isEmpty()) {
        throw e;
      }
      if (!isAsReleased(now)) {
        throw owned.failure(wanted);
      }
    }
    return attempt(wanted, true);
  }

  /** Whether the number is what the last release says, or none of ours has said one. */
  private static boolean isAsReleased(Deployment now) {
    return !CandidateMarks.isReduced(now)
        && Marks.release(now)
            .filter(r -> r.replicas() != RolloutView.number(now.getSpec().getReplicas(), 1))
            .isEmpty();
  }

  private Deployment attempt(Deployment wanted, boolean force) throws InterruptedException {
    return change
        .cluster()
        .attempt(
            client -> {
              var resource =
                  client
                      .resource(wanted)
                      .inNamespace(change.namespace().name())
                      .fieldManager(Marks.MANAGER);
              return force
                  ? resource.forceConflicts().serverSideApply()
                  : resource.serverSideApply();
            });
  }

  private StepFailedException gone(String name) {
    return new StepFailedException(
        FailureType.CONFLICT,
        "Deployment %s in %s was deleted meanwhile".formatted(name, change.namespace()),
        "See who deletes it, and deploy again.");
  }
}
