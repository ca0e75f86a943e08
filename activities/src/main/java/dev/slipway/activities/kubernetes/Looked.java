package dev.slipway.activities.kubernetes;

import dev.slipway.activities.target.Target.Probe;
import dev.slipway.pipeline.EnvironmentSpec.Namespace;
import dev.slipway.step.StepFailedException;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Optional;

/** A Deployment whose pods are looked at again and again, and asked through their Service. */
final class Looked {
  private final Workloads workloads;
  private final PodRecords records;
  private final HealthWindow judged;
  private final Optional<ServiceProxy> service;
  private Deployment known;

  Looked(
      ClusterConnection cluster,
      Namespace namespace,
      Deployment live,
      Optional<Service> service,
      HealthWindow judged)
      throws StepFailedException {
    this.workloads = new Workloads(cluster, namespace);
    this.records = new PodRecords(cluster, namespace);
    this.judged = judged;
    this.service = ServiceProxy.of(cluster, namespace, live, service);
    this.known = live;
  }

  void look() throws StepFailedException, InterruptedException {
    known = workloads.anew(known);
    judged.look(workloads.view(known));
    if (service.isPresent() && !judged.isSpoilt()) {
      service.get().problem().ifPresentOrElse(judged::problem, judged::answered);
    }
  }

  boolean isSpoilt() {
    return judged.isSpoilt();
  }

  /** What the cluster noted meanwhile. */
  void events() throws StepFailedException, InterruptedException {
    for (var pod : workloads.view(known).newPods()) {
      judged.events(records.events(pod));
    }
  }

  /** What was seen of all of them. */
  static Probe all(List<Looked> looked) {
    var probes = looked.stream().map(one -> one.judged.probe()).toList();
    return new Probe(
        probes.stream().mapToInt(Probe::passed).sum(),
        probes.stream().mapToInt(Probe::failed).sum(),
        probes.stream().flatMap(probe -> probe.problems().stream()).toList());
  }
}
