package dev.slipway.activities.kubernetes;

import dev.slipway.activities.plan.ObjectChange;
import dev.slipway.activities.plan.ObjectChange.Fate;
import dev.slipway.activities.step.StepLog;
import dev.slipway.activities.store.Store;
import dev.slipway.activities.target.Exposure;
import dev.slipway.activities.target.Target.RolloutSettings;
import dev.slipway.environment.Deployment;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.KubernetesDeployment;
import dev.slipway.pipeline.EnvironmentSpec.Namespace;
import dev.slipway.step.StepFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a release would change in a namespace. The cluster is asked with the objects that the
 * release would write, and keeps nothing of them (a dry run); what a release is refused for is
 * refused here by the same code.
 */
public final class ClusterPreview {
  private static final long NO_TOKEN = 0;

  private final ClusterConnection cluster;
  private final Namespace namespace;
  private final Admission admission;
  private final String engine;
  private final Workloads workloads;

  /**
   * @param store holds the manifests of what is looked at
   * @param engine names ours
   */
  public ClusterPreview(
      ClusterConnection cluster, Namespace namespace, Store store, String engine) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.admission = new Admission(namespace, store);
    this.engine = engine;
    this.workloads = new Workloads(cluster, namespace);
  }

  /** Who releases here in place of this machine's workers; empty when nobody does. */
  public Optional<String> otherEngine(EnvironmentId environment)
      throws StepFailedException, InterruptedException {
    return fence(environment).otherEngine();
  }

  /**
   * Every object of a release, as a rollout would make it.
   *
   * @throws StepFailedException when the release as a whole would be refused, or the cluster can't
   *     be asked
   */
  public List<ObjectChange> apply(
      EnvironmentId environment, Deployment wanted, RolloutSettings settings, StepLog log)
      throws StepFailedException, InterruptedException {
    var release = admitted(environment, wanted);
    var live = workloads.of(environment);
    var manifests = admission.manifests(release);
    var changes = new ArrayList<ObjectChange>();
    var made = new MadeParts(cluster, namespace, environment, log);
    var mayHaveParts = manifests.isPresent() || admission.mayHaveParts(live);
    if (mayHaveParts) {
      made.requireAccess();
    }
    if (manifests.isPresent()) {
      var parts = new Parts(cluster, namespace, release, manifests.get(), log);
      for (var object : parts.objects()) {
        changes.add(
            judged(
                object.key(),
                () -> LiveAndForeseen.change(parts.live(object), parts.foreseen(object))));
      }
    }
    changes.addAll(
        new MainPreview(cluster, namespace, environment, log).of(release, manifests, settings));
    if (mayHaveParts) {
      made.namesOfSuperfluous(manifests).forEach(name -> changes.add(ObjectChange.removed(name)));
    }
    return List.copyOf(changes);
  }

  /**
   * What would stand beside what serves until the release is complete; nothing where nothing serves
   * yet.
   *
   * @throws StepFailedException when the exposure would be refused, or the cluster can't be asked
   */
  public List<ObjectChange> expose(
      EnvironmentId environment, Deployment candidate, Exposure exposure, StepLog log)
      throws StepFailedException, InterruptedException {
    var release = admitted(environment, candidate);
    admission.refuseCandidateBesideManifests(environment, release, workloads.of(environment));
    var change =
        new Change(
            cluster, namespace, environment, fence(environment), NO_TOKEN, Limits.DEFAULT, log);
    return new CandidatePreview(change).of(release, exposure);
  }

  private KubernetesDeployment admitted(EnvironmentId environment, Deployment wanted)
      throws StepFailedException, InterruptedException {
    var release = Admission.release(environment, wanted);
    fence(environment).refuseOtherEnvironment();
    workloads.refuseRename(workloads.of(environment), release.workload().name(), environment);
    return release;
  }

  private Fence fence(EnvironmentId environment) {
    return Fence.seen(cluster, namespace, environment, engine);
  }

  /** Finds out what becomes of an object. */
  @FunctionalInterface
  interface Judging {
    ObjectChange judge() throws StepFailedException, InterruptedException;
  }

  /** A refusal of one object does not keep the others from being looked at. */
  static ObjectChange judged(String object, Judging work)
      throws StepFailedException, InterruptedException {
    try {
      return work.judge();
    } catch (StepFailedException e) {
      return switch (e.failure().type()) {
        case CONFLICT -> ObjectChange.refused(object, Fate.CONFLICT, e.failure());
        case CONFIGURATION, FINDINGS -> ObjectChange.refused(object, Fate.REFUSED, e.failure());
        case TRANSIENT, INFRASTRUCTURE, BUILD_FAILED, TESTS_FAILED, UNHEALTHY, TIMEOUT, CANCELLED ->
            throw e;
      };
    }
  }
}
