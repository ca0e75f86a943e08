package dev.slipway.activities.kubernetes;

import dev.slipway.action.FailureType;
import dev.slipway.activities.store.Store;
import dev.slipway.activities.target.Target;
import dev.slipway.activities.target.Targets;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.step.StepFailedException;

/** Finds the namespace that an environment is, in a cluster that this machine knows. */
public final class ClusterTargets implements Targets {
  private final Clusters clusters;
  private final Store store;
  private final String engine;

  /**
   * @param store holds the manifests of releases
   * @param engine names the one that works on the environments, over restarts
   */
  public ClusterTargets(Clusters clusters, Store store, String engine) {
    this.clusters = clusters;
    this.store = store;
    this.engine = engine;
  }

  @Override
  public Target of(EnvironmentSpec spec) throws StepFailedException, InterruptedException {
    var namespace = spec.kubernetes();
    if (namespace == null) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "environment `%s` is in no cluster".formatted(spec.name()),
          "Add `target: kubernetes` to it.");
    }
    return new KubernetesTarget(clusters.open(namespace.cluster()), namespace, store, engine);
  }
}
