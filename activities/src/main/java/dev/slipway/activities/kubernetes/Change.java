package dev.slipway.activities.kubernetes;

import dev.slipway.activities.step.StepLog;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.pipeline.EnvironmentSpec.Namespace;

/**
 * One change of an environment in a cluster.
 *
 * @param token by which the fence knows an older change
 */
record Change(
    ClusterConnection cluster,
    Namespace namespace,
    EnvironmentId environment,
    Fence fence,
    long token,
    Limits limits,
    StepLog log) {
  Workloads workloads() {
    return new Workloads(cluster, namespace);
  }

  RolloutWatch watch() {
    return new RolloutWatch(cluster, namespace, limits, log);
  }
}
