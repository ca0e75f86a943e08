package dev.slipway.activities.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.action.FailureType;
import dev.slipway.json.Json;
import dev.slipway.step.StepFailedException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Leads an application's Service to a candidate and back. */
final class Traffic {
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Change change;
  private final Workloads workloads;
  private final BoundWrites writes;

  Traffic(Change change) {
    this.change = change;
    this.workloads = change.workloads();
    this.writes = new BoundWrites(change);
  }

  /**
   * The Service that leads to the Deployment's pods.
   *
   * @throws StepFailedException when it is not exactly one, so that leading it elsewhere would move
   *     nothing, or not all
   */
  Service only(Deployment live) throws StepFailedException, InterruptedException {
    var all = workloads.services(live);
    if (all.size() == 1 && !all.getFirst().getSpec().getPorts().isEmpty()) {
      return all.getFirst();
    }
    var name = live.getMetadata().getName();
    throw new StepFailedException(
        FailureType.CONFIGURATION,
        all.size() < 2
            ? "no Service with a port in %s leads to the pods of Deployment %s"
                .formatted(change.namespace(), name)
            : "%d Services in %s lead to the pods of Deployment %s: %s"
                .formatted(all.size(), change.namespace(), name, names(all)),
        "Blue-green moves one Service from one release to the other. Have exactly one, or release"
            + " with rolling or canary.");
  }

  private static String names(List<Service> services) {
    return services.stream()
        .map(service -> service.getMetadata().getName())
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /** Where all Services lead that led to a candidate beside this Deployment, or still do. */
  private List<Service> led(String beside) throws StepFailedException, InterruptedException {
    return workloads.services().stream()
        .filter(service -> Led.before(service).filter(led -> led.to().equals(beside)).isPresent())
        .toList();
  }

  /** Whether a Service was led from this Deployment to a candidate, and not back. */
  boolean isLed(String beside) throws StepFailedException, InterruptedException {
    return !led(beside).isEmpty();
  }

  /** All traffic of the Deployment's only Service goes to the candidate. */
  void toCandidate(Deployment live, Deployment candidate)
      throws StepFailedException, InterruptedException {
    var beside = live.getMetadata().getName();
    var led =
        writes.write(
            "the Service of " + beside,
            () -> only(live),
            service -> {
              if (Led.isToCandidate(service, beside)) {
                return service;
              }
              change
                  .log()
                  .line(
                      "Service %s leads to %s"
                          .formatted(
                              service.getMetadata().getName(), candidate.getMetadata().getName()));
              var before = Json.text(new Led(beside, service.getSpec().getSelector()));
              return patched(service, Optional.of(before), CandidateMarks.selector(beside));
            });
    await(led, List.of(candidate), List.of(live));
  }

  /** What was led to a candidate leads to the Deployment again. */
  void back(Deployment live, List<Deployment> candidates)
      throws StepFailedException, InterruptedException {
    var beside = live.getMetadata().getName();
    undivide();
    for (var service : led(beside)) {
      var name = service.getMetadata().getName();
      var back = back(name, beside);
      if (back != null) {
        await(back, List.of(live), candidates);
      }
    }
  }

  /** No route gives a candidate of the environment a share any more. */
  void undivide() throws StepFailedException, InterruptedException {
    for (var divided : routes()) {
      new Routes(change).back(divided.route(), divided.candidate());
    }
  }

  /** Whether a route may give a candidate a share. */
  boolean isDivided() throws StepFailedException, InterruptedException {
    return !routes().isEmpty();
  }

  /**
   * A route that may give a candidate a share.
   *
   * @param candidate its Service
   */
  private record Divided(String route, String candidate) {}

  /** It stands in the candidate's Deployment and Service, of which somebody may delete one. */
  private Set<Divided> routes() throws StepFailedException, InterruptedException {
    var routes = new LinkedHashSet<Divided>();
    for (var candidate : workloads.candidates(change.environment())) {
      var service = CandidateMarks.service(CandidateMarks.beside(candidate));
      Marks.annotation(candidate, CandidateMarks.ROUTE)
          .ifPresent(route -> routes.add(new Divided(route, service)));
    }
    for (var service : workloads.services()) {
      if (CandidateMarks.isOurs(service, change.environment())) {
        Marks.annotation(service, CandidateMarks.ROUTE)
            .ifPresent(route -> routes.add(new Divided(route, service.getMetadata().getName())));
      }
    }
    return routes;
  }

  /** What was led from a Deployment that is ended leads there again, where nothing serves. */
  void release(String beside) throws StepFailedException, InterruptedException {
    for (var service : led(beside)) {
      var _ = back(service.getMetadata().getName(), beside);
    }
  }

  private @Nullable Service back(String name, String beside)
      throws StepFailedException, InterruptedException {
    var namespace = change.namespace().name();
    return writes
        .write(
            "Service " + name,
            () ->
                change
                    .cluster()
                    .find(client -> client.services().inNamespace(namespace).withName(name).get()),
            read -> {
              if (read.isEmpty() || Led.before(read.get()).isEmpty()) {
                return read;
              }
              change.log().line("Service %s leads to %s again".formatted(name, beside));
              return Optional.of(patched(read.get(), Optional.empty(), Led.usually(read.get())));
            })
        .orElse(null);
  }

  /**
   * @param before empty when it leads where it always did
   */
  private Service patched(Service service, Optional<String> before, Map<String, String> selector)
      throws InterruptedException {
    var content = Json.mapper().<JsonNode>valueToTree(selector);
    var patch = new JsonPatch(service, CandidateMarks.LED, before, "/spec/selector", content);
    return change
        .cluster()
        .attempt(
            client ->
                client
                    .services()
                    .inNamespace(change.namespace().name())
                    .withName(service.getMetadata().getName())
                    .patch(patch.context(), patch.text()));
  }

  /**
   * Returns when the cluster sends the Service's traffic to every ready pod of these Deployments
   * and to none of the others; its nodes hear of it within a second.
   */
  void await(Service service, List<Deployment> to, List<Deployment> others)
      throws StepFailedException, InterruptedException {
    var began = System.nanoTime();
    while (true) {
      var wanted = pods(to, true);
      var unwanted = pods(others, false);
      var reached = reached(service);
      if (!wanted.isEmpty()
          && reached.containsAll(wanted)
          && reached.stream().noneMatch(unwanted::contains)) {
        return;
      }
      if (RolloutWatch.passed(began).compareTo(LONGEST) > 0) {
        throw new StepFailedException(
            FailureType.INFRASTRUCTURE,
            "Service %s in %s reaches %s instead of %s"
                .formatted(service.getMetadata().getName(), change.namespace(), reached, wanted),
            "Does the cluster's controller manager work, and has nobody changed the Service?");
      }
      Thread.sleep(TICK);
    }
  }

  private Set<String> pods(List<Deployment> of, boolean ready)
      throws StepFailedException, InterruptedException {
    var names = new HashSet<String>();
    for (var deployment : of) {
      var view = workloads.view(workloads.anew(deployment));
      var pods = ready ? view.newPods().stream().filter(RolloutView::isReady).toList() : view.all();
      for (Pod pod : pods) {
        names.add(pod.getMetadata().getName());
      }
    }
    return names;
  }

  private Set<String> reached(Service service) throws StepFailedException, InterruptedException {
    return change
        .cluster()
        .ask(
            client ->
                client
                    .discovery()
                    .v1()
                    .endpointSlices()
                    .inNamespace(change.namespace().name())
                    .withLabel("kubernetes.io/service-name", service.getMetadata().getName())
                    .list()
                    .getItems())
        .stream()
        .filter(slice -> slice.getEndpoints() != null)
        .flatMap(slice -> slice.getEndpoints().stream())
        .filter(Traffic::isReady)
        .filter(endpoint -> endpoint.getTargetRef() != null)
        .map(endpoint -> endpoint.getTargetRef().getName())
        .collect(Collectors.toSet());
  }

  private static boolean isReady(Endpoint endpoint) {
    return endpoint.getConditions() == null
        || !Boolean.FALSE.equals(endpoint.getConditions().getReady());
  }
}
