package dev.slipway.activities.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.action.FailureType;
import dev.slipway.json.Json;
import dev.slipway.pipeline.problem.Nearest;
import dev.slipway.step.StepFailedException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A compose file as {@code docker compose config} resolves it: one file, absolute paths. */
final class ComposeFile {
  private static final Set<String> TEST_NAMES = Set.of("test", "tests");

  private final ObjectNode root;

  private ComposeFile(ObjectNode root) {
    this.root = root;
  }

  static ComposeFile read(String json) throws StepFailedException {
    try {
      return new ComposeFile(Json.read(json.getBytes(StandardCharsets.UTF_8), ObjectNode.class));
    } catch (UncheckedIOException e) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "the answer of `docker compose config` can't be read",
          "Is the compose plugin on the worker not older than 2.30?",
          e);
    }
  }

  JsonNode root() {
    return root;
  }

  List<String> services() {
    var names = new ArrayList<String>();
    root.path("services").fieldNames().forEachRemaining(names::add);
    return names;
  }

  /**
   * The service that is the test.
   *
   * @throws StepFailedException CONFIGURATION when it can't be told
   */
  String test(Optional<String> named) throws StepFailedException {
    var services = services();
    if (named.isPresent()) {
      if (services.contains(named.get())) {
        return named.get();
      }
      throw wrong(
          "there is no service `%s` in the compose file".formatted(named.get()),
          "It has %s.%s"
              .formatted(
                  String.join(", ", services),
                  Nearest.question(named.get(), services)
                      .map(question -> " Or " + question)
                      .orElse("")));
    }
    var needed = needed();
    var free = services.stream().filter(service -> !needed.contains(service)).toList();
    if (free.size() == 1) {
      return free.getFirst();
    }
    var tests = services.stream().filter(TEST_NAMES::contains).toList();
    if (tests.size() == 1) {
      return tests.getFirst();
    }
    throw wrong(
        "which service is the test can't be told: %s"
            .formatted(
                services.isEmpty()
                    ? "there is none"
                    : String.join(", ", free.isEmpty() ? services : free)),
        "Name it in `params.service`.");
  }

  private Set<String> needed() {
    var needed = new LinkedHashSet<String>();
    for (var service : root.path("services")) {
      service.path("depends_on").fieldNames().forEachRemaining(needed::add);
      for (var link : service.path("links")) {
        needed.add(link.asText().split(":", 2)[0]);
      }
      for (var mode : List.of("network_mode", "pid", "ipc")) {
        var text = service.path(mode).asText();
        if (text.startsWith("service:")) {
          needed.add(text.substring("service:".length()));
        }
      }
    }
    return needed;
  }

  /** The services to wait for: not those that end before the test begins, which awaits them. */
  List<String> others(String test) {
    var dependencies = root.path("services").path(test).path("depends_on");
    return services().stream()
        .filter(service -> !service.equals(test))
        .filter(
            service ->
                !dependencies
                    .path(service)
                    .path("condition")
                    .asText()
                    .equals("service_completed_successfully"))
        .toList();
  }

  /**
   * What is run: every object with these labels, so that it is found again, and no port of the
   * machine taken.
   *
   * @return whether a port was left out
   */
  boolean prepare(Map<String, String> labels) {
    var ports = false;
    for (var service : root.path("services")) {
      var fields = (ObjectNode) service;
      fields.remove("profiles");
      ports |= fields.remove("ports") != null;
      label(fields, labels);
      if (fields.get("build") instanceof ObjectNode build) {
        label(build, labels);
        // Named by the project: another name may be that of somebody's image, and ends with the
        // test.
        fields.remove("image");
      }
    }
    for (var kind : List.of("networks", "volumes")) {
      for (var own : root.path(kind)) {
        if (own instanceof ObjectNode fields) {
          label(fields, labels);
        }
      }
    }
    return ports;
  }

  private static void label(ObjectNode fields, Map<String, String> labels) {
    var all = fields.withObjectProperty("labels");
    labels.forEach(all::put);
  }

  byte[] bytes() {
    return Json.bytes(root);
  }

  private static StepFailedException wrong(String happened, String advice) {
    return new StepFailedException(FailureType.CONFIGURATION, happened, advice);
  }
}
