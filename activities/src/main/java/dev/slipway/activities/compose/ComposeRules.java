package dev.slipway.activities.compose;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;

/**
 * What a compose file may ask for. It comes from the commit, and whoever may ask an engine for
 * anything owns its machine: so only what is listed here is allowed, and the rest is refused by
 * name.
 */
final class ComposeRules {
  private static final Set<String> TOP =
      Set.of("name", "services", "networks", "volumes", "secrets", "configs");

  private static final Set<String> HARMLESS =
      Set.of(
          "annotations",
          "attach",
          "cap_drop",
          "command",
          "configs",
          "cpus",
          "cpu_count",
          "cpu_percent",
          "cpu_shares",
          "cpu_quota",
          "cpu_period",
          "cpuset",
          "depends_on",
          "deploy",
          "dns",
          "dns_opt",
          "dns_search",
          "domainname",
          "entrypoint",
          "environment",
          "expose",
          "extra_hosts",
          "healthcheck",
          "hostname",
          "image",
          "init",
          "labels",
          "links",
          "mac_address",
          "mem_limit",
          "mem_reservation",
          "memswap_limit",
          "networks",
          "oom_score_adj",
          "pids_limit",
          "platform",
          "ports",
          "profiles",
          "pull_policy",
          "read_only",
          "restart",
          "scale",
          "secrets",
          "shm_size",
          "stdin_open",
          "stop_grace_period",
          "stop_signal",
          "tmpfs",
          "tty",
          "ulimits",
          "user",
          "working_dir");

  /** What an engine gives every container unless it is told not to. */
  private static final Set<String> USUAL_CAPABILITIES =
      Set.of(
          "AUDIT_WRITE",
          "CHOWN",
          "DAC_OVERRIDE",
          "FOWNER",
          "FSETID",
          "KILL",
          "MKNOD",
          "NET_BIND_SERVICE",
          "NET_RAW",
          "SETFCAP",
          "SETGID",
          "SETPCAP",
          "SETUID",
          "SYS_CHROOT");

  private static final Set<String> BUILD =
      Set.of(
          "args",
          "context",
          "dockerfile",
          "dockerfile_inline",
          "labels",
          "no_cache",
          "platforms",
          "pull",
          "shm_size",
          "tags",
          "target");

  private final Path workspace;
  private final String project;

  /**
   * @param workspace the commit's files, outside of which nothing is taken
   * @param project the name that everything of it begins with
   */
  ComposeRules(Path workspace, String project) {
    this.workspace = workspace;
    this.project = project;
  }

  /**
   * @param file as {@code docker compose config} resolves it
   * @throws StepFailedException CONFIGURATION that names service and field
   */
  void check(JsonNode file) throws StepFailedException {
    for (var entry : file.properties()) {
      if (!TOP.contains(entry.getKey()) && !entry.getKey().startsWith("x-")) {
        throw refused("the file", entry.getKey(), "is not supported");
      }
    }
    for (var service : file.path("services").properties()) {
      service("service `%s`".formatted(service.getKey()), service.getValue());
    }
    for (var kind : new String[] {"networks", "volumes"}) {
      for (var own : file.path(kind).properties()) {
        own("`%s` of `%s`".formatted(own.getKey(), kind), own.getValue());
      }
    }
    for (var kind : new String[] {"secrets", "configs"}) {
      for (var source : file.path(kind).properties()) {
        source("`%s` of `%s`".formatted(source.getKey(), kind), source.getValue());
      }
    }
  }

  private void service(String where, JsonNode service) throws StepFailedException {
    for (var entry : service.properties()) {
      var field = entry.getKey();
      var value = entry.getValue();
      if (isEmpty(value) || HARMLESS.contains(field)) {
        continue;
      }
      switch (field) {
        case "build" -> build(where, value);
        case "env_file" -> {
          for (var file : value) {
            inside(where, field, file.path("path").asText(file.asText()));
          }
        }
        case "volumes" -> {
          for (var mount : value) {
            mount(where, mount);
          }
        }
        case "cap_add" -> {
          for (var capability : value) {
            if (!USUAL_CAPABILITIES.contains(capability.asText().replaceFirst("^CAP_", ""))) {
              throw refused(where, field, "has " + capability.asText());
            }
          }
        }
        case "security_opt" -> {
          for (var option : value) {
            if (!option.asText().startsWith("no-new-privileges")) {
              throw refused(where, field, "has " + option.asText());
            }
          }
        }
        case "network_mode", "pid", "ipc" -> {
          var mode = value.asText();
          if (!Set.of("none", "bridge", "private", "shareable").contains(mode)
              && !mode.startsWith("service:")) {
            throw refused(where, field, "is " + mode);
          }
        }
        case "container_name" ->
            throw refused(where, field, "would meet that of another run; services have names");
        default -> throw refused(where, field, "gives more than a test needs");
      }
    }
    if (service.path("deploy").path("resources").path("reservations").has("devices")) {
      throw refused(where, "deploy", "asks for devices");
    }
  }

  private void build(String where, JsonNode build) throws StepFailedException {
    for (var entry : build.properties()) {
      if (!BUILD.contains(entry.getKey()) && !isEmpty(entry.getValue())) {
        throw refused(where, "build." + entry.getKey(), "is not supported");
      }
    }
    if (!build.path("tags").isEmpty()) {
      throw refused(where, "build.tags", "would name an image that no gate has seen");
    }
    var context = build.path("context").asText();
    inside(where, "build.context", context);
    if (!isEmpty(build.path("dockerfile"))) {
      try {
        var dockerfile = Path.of(context).resolve(build.path("dockerfile").asText());
        inside(where, "build.dockerfile", dockerfile.toString());
      } catch (InvalidPathException e) {
        throw refused(where, "build.dockerfile", "is no path");
      }
    }
  }

  private void mount(String where, JsonNode mount) throws StepFailedException {
    var type = mount.path("type").asText();
    switch (type) {
      case "bind" -> inside(where, "volumes", mount.path("source").asText());
      case "volume", "tmpfs" -> {
        // It is the project's own.
      }
      default -> throw refused(where, "volumes", "has a mount of the type " + type);
    }
  }

  /** Compose takes what is there under such a name, and would remove it at the end. */
  private void own(String where, JsonNode own) throws StepFailedException {
    if (own.path("external").asBoolean()) {
      throw refused(where, "external", "is of somebody else");
    }
    if (!own.path("name").asText().startsWith(project + "_")) {
      throw refused(where, "name", "may be of somebody else; leave it out");
    }
    if (!isEmpty(own.path("driver_opts"))) {
      throw refused(where, "driver_opts", "can lead out of the project");
    }
    var driver = own.path("driver").asText("");
    if (!Set.of("", "local", "bridge", "default").contains(driver)) {
      throw refused(where, "driver", "is " + driver);
    }
  }

  private void source(String where, JsonNode source) throws StepFailedException {
    if (source.path("external").asBoolean() || source.has("driver")) {
      throw refused(where, "external", "is of somebody else");
    }
    if (source.has("file")) {
      inside(where, "file", source.path("file").asText());
    }
  }

  /** An engine follows links, so what counts is where they lead. */
  private void inside(String where, String field, String path) throws StepFailedException {
    try {
      var real = Path.of(path);
      while (!real.toFile().exists() && real.getParent() != null) {
        real = real.getParent();
      }
      if (Path.of(path).isAbsolute()
          && Path.of(path).normalize().startsWith(workspace)
          && real.toRealPath().startsWith(workspace.toRealPath())) {
        return;
      }
    } catch (IOException | InvalidPathException e) {
      throw refused(where, field, "is %s, which can't be read".formatted(path));
    }
    throw refused(where, field, "leads to %s, outside of the commit's files".formatted(path));
  }

  private static boolean isEmpty(JsonNode value) {
    return value.isNull()
        || value.isMissingNode()
        || (value.isBoolean() && !value.asBoolean())
        || (value.isContainerNode() && value.isEmpty())
        || (value.isTextual() && value.asText().isEmpty());
  }

  private static StepFailedException refused(String where, String field, String why) {
    return new StepFailedException(
        FailureType.CONFIGURATION,
        "the compose file is refused: `%s` of %s %s".formatted(field, where, why),
        "It comes from the commit, and may only ask for what containers of a test need: no"
            + " privileges, no host namespaces, devices or sockets, nothing outside of the commit's"
            + " files.");
  }
}
