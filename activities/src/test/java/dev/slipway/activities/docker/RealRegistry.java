package dev.slipway.activities.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The registry of the distribution project, as a process of its own. */
public final class RealRegistry implements TestRegistry {
  /** Of {@link #PASSWORD}. */
  private static final String LOGIN =
      USERNAME + ":$2b$05$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2";

  private final Process process;
  private final String host;

  private RealRegistry(Process process, String host) {
    this.process = process;
    this.host = host;
  }

  public static RealRegistry open(Path folder) throws IOException {
    return start(folder, InetAddress.getLoopbackAddress(), "");
  }

  public static RealRegistry withLogin(Path folder) throws IOException {
    var logins = Files.writeString(Files.createDirectories(folder).resolve("htpasswd"), LOGIN);
    return start(
        folder,
        InetAddress.getLoopbackAddress(),
        "auth: {htpasswd: {realm: test, path: %s}}\n".formatted(logins));
  }

  /** One that listens at an address for which encryption is demanded, and has none. */
  static RealRegistry at(InetAddress address, Path folder) throws IOException {
    return start(folder, address, "");
  }

  private static RealRegistry start(Path folder, InetAddress address, String more)
      throws IOException {
    var host = address.getHostAddress() + ":" + freePort(address);
    var config =
        Files.writeString(
            Files.createDirectories(folder).resolve("config.yml"),
            """
            version: 0.1
            log: {level: warn}
            storage: {filesystem: {rootdirectory: %s}}
            http: {addr: "%s"}
            %s"""
                .formatted(folder.resolve("data"), host, more));
    var log = folder.resolve("log").toFile();
    Process process;
    try {
      process =
          new ProcessBuilder("docker-registry", "serve", config.toString())
              .redirectErrorStream(true)
              .redirectOutput(log)
              .start();
    } catch (IOException e) {
      throw new AssertionError(
          "the program `docker-registry` must be there; .ci/run installs it", e);
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              assertThat(process.isAlive()).as(Files.readString(log.toPath())).isTrue();
              return answers(host);
            });
    return new RealRegistry(process, host);
  }

  private static boolean answers(String host) {
    var colon = host.lastIndexOf(':');
    try (var socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(
              host.substring(0, colon), Integer.parseInt(host.substring(colon + 1))),
          1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort(InetAddress address) throws IOException {
    try (var socket = new ServerSocket(0, 1, address)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public String host() {
    return host;
  }

  @Override
  public void close() {
    process.destroy();
    await().atMost(Duration.ofSeconds(20)).until(() -> !process.isAlive());
  }
}
