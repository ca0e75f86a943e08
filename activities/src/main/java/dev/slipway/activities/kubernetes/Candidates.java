package dev.slipway.activities.kubernetes;

import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ServerSideApplicable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Makes and ends the objects of candidates; somebody else's of their names stay untouched. */
final class Candidates {
  private static final Duration TICK = Duration.ofMillis(100);
  private static final int NOT_FOUND = 404;

  private final Change change;
  private final BoundWrites writes;

  Candidates(Change change) {
    this.change = change;
    this.writes = new BoundWrites(change);
  }

  /** Those of the environment; more than one only where its Deployment has changed its name. */
  List<Deployment> all() throws StepFailedException, InterruptedException {
    return change.workloads().candidates(change.environment());
  }

  /**
   * @throws StepFailedException CONFLICT when somebody else has objects of these names
   */
  void refuseOthers(Deployment wanted, Service service)
      throws StepFailedException, InterruptedException {
    refuseOthers(wanted);
    var _ = ours(service(service.getMetadata().getName()));
  }

  /** The same for one that is reached with what serves. */
  void refuseOthers(Deployment wanted) throws StepFailedException, InterruptedException {
    var _ = ours(deployment(wanted.getMetadata().getName()));
  }

  /**
   * Makes the Deployment, or brings it to what is wanted.
   *
   * @throws StepFailedException CONFLICT when somebody else has one of that name
   */
  Deployment write(Deployment wanted) throws StepFailedException, InterruptedException {
    var name = wanted.getMetadata().getName();
    return writes.write("Deployment " + name, () -> ours(deployment(name)), at(wanted));
  }

  /** The same for the Service that leads to the candidate alone. */
  Service write(Service wanted) throws StepFailedException, InterruptedException {
    var name = wanted.getMetadata().getName();
    return writes.write("Service " + name, () -> ours(service(name)), at(wanted));
  }

  private <T extends HasMetadata> BoundWrites.Writing<Optional<T>, T> at(T wanted) {
    return read -> {
      wanted
          .getMetadata()
          .setResourceVersion(read.map(r -> r.getMetadata().getResourceVersion()).orElse(null));
      return change.cluster().attempt(client -> writable(client, wanted, false).serverSideApply());
    };
  }

  /** The object as the cluster would take it, which keeps nothing of it. */
  <T extends HasMetadata> T rehearse(T wanted) throws StepFailedException, InterruptedException {
    return change.cluster().ask(client -> writable(client, wanted, true).serverSideApply());
  }

  private <T extends HasMetadata> ServerSideApplicable<T> writable(
      KubernetesClient client, T wanted, boolean isRehearsal) {
    return client
        .resource(wanted)
        .inNamespace(change.namespace().name())
        .dryRun(isRehearsal)
        .fieldManager(Marks.MANAGER)
        .forceConflicts();
  }

  /**
   * Takes its objects away when its last pod is on its way out, the Deployment last of all, so that
   * as long as there is something to do, it can be seen.
   */
  void remove(Deployment candidate) throws StepFailedException, InterruptedException {
    awaitEnding(candidate);
    var name = candidate.getMetadata().getName();
    delete("Service beside " + name, () -> change.workloads().preview(candidate));
    delete("Deployment " + name, () -> deployment(name).filter(this::isOurs));
    change.log().line("candidate %s in %s is gone".formatted(name, change.namespace()));
  }

  /** Those whose Deployment somebody has deleted; nothing leads to them any more. */
  void removeServices() throws StepFailedException, InterruptedException {
    for (var service : change.workloads().services()) {
      var name = service.getMetadata().getName();
      if (isOurs(service)) {
        delete("Service " + name, () -> service(name).filter(this::isOurs));
      }
    }
  }

  private void awaitEnding(Deployment candidate) throws StepFailedException, InterruptedException {
    var began = System.nanoTime();
    while (true) {
      var left = change.workloads().view(candidate).staying();
      if (left == 0) {
        return;
      }
      if (RolloutWatch.passed(began).compareTo(change.limits().stopping()) > 0) {
        throw new StepFailedException(
            FailureType.INFRASTRUCTURE,
            "%d pods of %s in %s are not ended"
                .formatted(left, candidate.getMetadata().getName(), change.namespace()),
            "Does the cluster's controller manager work? kubectl -n %s get pods -o wide"
                .formatted(change.namespace().name()));
      }
      Thread.sleep(TICK);
    }
  }

  private <T extends HasMetadata> void delete(String what, BoundWrites.Reading<Optional<T>> reading)
      throws StepFailedException, InterruptedException {
    var _ =
        writes.write(
            what,
            reading,
            read -> {
              if (read.isPresent()) {
                delete(read.get());
              }
              return read;
            });
  }

  private void delete(HasMetadata read) throws InterruptedException {
    var version = read.getMetadata().getResourceVersion();
    try {
      var _ =
          change
              .cluster()
              .attempt(client -> client.resource(read).lockResourceVersion(version).delete());
    } catch (KubernetesClientException e) {
      if (e.getCode() != NOT_FOUND) {
        throw e;
      }
    }
  }

  private Optional<Deployment> deployment(String name)
      throws StepFailedException, InterruptedException {
    return change
        .cluster()
        .find(
            client ->
                client
                    .apps()
                    .deployments()
                    .inNamespace(change.namespace().name())
                    .withName(name)
                    .get());
  }

  private Optional<Service> service(String name) throws StepFailedException, InterruptedException {
    return change
        .cluster()
        .find(
            client ->
                client.services().inNamespace(change.namespace().name()).withName(name).get());
  }

  private boolean isOurs(HasMetadata found) {
    return CandidateMarks.isOurs(found, change.environment());
  }

  private <T extends HasMetadata> Optional<T> ours(Optional<T> found) throws StepFailedException {
    if (found.isPresent() && !isOurs(found.get())) {
      var name = found.get().getMetadata().getName();
      throw new StepFailedException(
          FailureType.CONFLICT,
          "%s %s in %s is somebody else's, and has the name that the candidate of %s needs"
              .formatted(found.get().getKind(), name, change.namespace(), change.environment()),
          "Give it another name, or the environment a namespace of its own.");
    }
    return found;
  }
}
