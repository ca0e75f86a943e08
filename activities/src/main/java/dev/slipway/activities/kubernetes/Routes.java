package dev.slipway.activities.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.action.FailureType;
import dev.slipway.json.Json;
import dev.slipway.step.StepFailedException;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Divides the traffic of an {@code HTTPRoute} by weights, between the Service that leads to what
 * serves and the one that leads to a candidate alone. What its rules had before stands in an
 * annotation of the route, so that everybody finds the way back.
 *
 * @see <a href="https://gateway-api.sigs.k8s.io/guides/traffic-splitting/">Gateway API</a>
 */
final class Routes {
  private static final String VERSION = "gateway.networking.k8s.io/v1";
  private static final String KIND = "HTTPRoute";
  private static final Duration TICK = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** What a gateway has accepted it obeys a moment later: Traefik looks every two seconds. */
  private static final Duration SETTLING = Duration.ofSeconds(3);

  private final Change change;
  private final BoundWrites writes;

  Routes(Change change) {
    this.change = change;
    this.writes = new BoundWrites(change);
  }

  /**
   * Gives the candidate's Service this share, in percent, of what the route sends to the other.
   * Before anything is changed its gateways must obey it as it is.
   */
  void divide(String name, Service served, Service candidate, int percent)
      throws StepFailedException, InterruptedException {
    awaitAccepted(find(name).orElseThrow(() -> missing(name)));
    var divided =
        writes.write(
            KIND + " " + name,
            () -> find(name).orElseThrow(() -> missing(name)),
            route -> {
              var share =
                  new RouteShare(
                      served.getMetadata().getName(), candidate.getMetadata().getName(), percent);
              var rules = share.divided(name, rules(route));
              if (rules.equals(rules(route))) {
                return route;
              }
              change
                  .log()
                  .line(
                      "%s %s sends %d %% to Service %s"
                          .formatted(KIND, name, percent, share.candidate()));
              return patched(route, RouteBefore.of(route).with(share, rules(route)), rules);
            });
    awaitObeyed(divided);
  }

  /**
   * What {@link #divide} would make of the route's rules.
   *
   * @param before the route as it is
   * @param after the same with the share
   */
  record Foreseen(ObjectNode before, ObjectNode after) {}

  /** Judged as it would be, without waiting for anything. */
  Foreseen foresee(String name, RouteShare share) throws StepFailedException, InterruptedException {
    var route = find(name).orElseThrow(() -> missing(name));
    var waiting = waitingFor(route, route.getMetadata().getGeneration());
    if (!waiting.isEmpty()) {
      throw notObeyed(name, waiting);
    }
    var before = Json.mapper().<ObjectNode>valueToTree(route);
    var after = before.deepCopy();
    if (after.get("spec") instanceof ObjectNode spec) {
      spec.set("rules", share.divided(name, rules(route)));
    }
    return new Foreseen(before, after);
  }

  /**
   * The route leads nothing to this candidate any more. Whoever comes second waits as well, since
   * the first may have died before the gateways obeyed.
   *
   * @param candidate its Service
   */
  void back(String name, String candidate) throws StepFailedException, InterruptedException {
    var undivided =
        writes.write(
            KIND + " " + name,
            () -> find(name),
            read -> {
              if (read.isEmpty()) {
                return read;
              }
              var before = RouteBefore.of(read.get());
              var rules = before.restored(rules(read.get()), candidate);
              if (rules.equals(rules(read.get())) && !before.weights().containsKey(candidate)) {
                return read;
              }
              change
                  .log()
                  .line("%s %s sends nothing to Service %s".formatted(KIND, name, candidate));
              return Optional.of(patched(read.get(), before.without(candidate), rules));
            });
    if (undivided.isPresent()) {
      awaitObeyed(undivided.get());
    }
  }

  private Optional<GenericKubernetesResource> find(String name)
      throws StepFailedException, InterruptedException {
    return change
        .cluster()
        .find(
            client ->
                client
                    .genericKubernetesResources(VERSION, KIND)
                    .inNamespace(change.namespace().name())
                    .withName(name)
                    .get());
  }

  private static ArrayNode rules(GenericKubernetesResource route) {
    return Json.mapper().<JsonNode>valueToTree(route).at("/spec/rules") instanceof ArrayNode rules
        ? rules
        : Json.mapper().createArrayNode();
  }

  private GenericKubernetesResource patched(
      GenericKubernetesResource route, RouteBefore before, ArrayNode rules)
      throws InterruptedException {
    var value = before.isEmpty() ? Optional.<String>empty() : Optional.of(Json.text(before));
    var patch = new JsonPatch(route, CandidateMarks.ROUTED, value, "/spec/rules", rules);
    return change
        .cluster()
        .attempt(
            client ->
                client
                    .genericKubernetesResources(VERSION, KIND)
                    .inNamespace(change.namespace().name())
                    .withName(route.getMetadata().getName())
                    .patch(patch.context(), patch.text()));
  }

  private void awaitObeyed(GenericKubernetesResource written)
      throws StepFailedException, InterruptedException {
    awaitAccepted(written);
    Thread.sleep(SETTLING);
  }

  /** Returns when every gateway of the route says that it took it up as it is now. */
  private void awaitAccepted(GenericKubernetesResource written)
      throws StepFailedException, InterruptedException {
    var name = written.getMetadata().getName();
    var generation = written.getMetadata().getGeneration();
    var began = System.nanoTime();
    while (true) {
      var waiting = waitingFor(find(name).orElseThrow(() -> missing(name)), generation);
      if (waiting.isEmpty()) {
        return;
      }
      if (RolloutWatch.passed(began).compareTo(LONGEST) > 0) {
        throw notObeyed(name, waiting);
      }
      Thread.sleep(TICK);
    }
  }

  private StepFailedException notObeyed(String name, List<String> by) {
    return new StepFailedException(
        FailureType.INFRASTRUCTURE,
        "%s %s in %s is not obeyed by %s"
            .formatted(KIND, name, change.namespace(), String.join(", ", by)),
        "Does the gateway's controller work? kubectl -n %s describe httproute %s"
            .formatted(change.namespace().name(), name));
  }

  private static List<String> waitingFor(GenericKubernetesResource route, long generation) {
    var whole = Json.mapper().<JsonNode>valueToTree(route);
    var wanted = new HashSet<String>();
    whole.at("/spec/parentRefs").forEach(parent -> wanted.add(parent.path("name").asText()));
    var waiting = new ArrayList<String>();
    var parents = whole.at("/status/parents");
    for (var parent : parents) {
      if (!wanted.contains(parent.at("/parentRef/name").asText())) {
        continue; // It was one, and its controller left this behind.
      }
      var took = false;
      for (var condition : parent.path("conditions")) {
        took |=
            condition.path("type").asText().equals("Accepted")
                && condition.path("status").asText().equals("True")
                && condition.path("observedGeneration").asLong() >= generation;
      }
      if (!took) {
        waiting.add("Gateway " + parent.at("/parentRef/name").asText());
      }
    }
    return parents.isEmpty() ? List.of("any gateway") : waiting;
  }

  private StepFailedException missing(String name) {
    return new StepFailedException(
        FailureType.CONFIGURATION,
        "there is no %s %s in %s".formatted(KIND, name, change.namespace()),
        "`route` names the one that leads to the application: kubectl -n %s get httproutes"
            .formatted(change.namespace().name()));
  }
}
