package dev.slipway.activities.local;

import dev.slipway.activities.local.protocol.EnvironmentFolder;
import dev.slipway.activities.local.supervisor.SupervisorMain;
import dev.slipway.environment.EnvironmentId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts an environment's supervisor: a small Java process with this process's class path. */
final class SupervisorProcess {
  private static final List<String> INHERITED = List.of("PATH", "HOME", "LANG", "TZ", "TMPDIR");

  private SupervisorProcess() {}

  /** It outlives this process; when there is one already it ends by itself. */
  static Process start(Path root, EnvironmentId environment, String... more) throws IOException {
    var folder = EnvironmentFolder.of(root, environment);
    folder.make();
    var log = folder.supervisorLog().toFile();
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dorg.jboss.logging.provider=jdk",
                "-Djava.util.logging.SimpleFormatter.format=%1$tFT%1$tT.%1$tL %4$s %5$s%6$s%n",
                "-cp",
                System.getProperty("java.class.path"),
                SupervisorMain.class.getName(),
                root.toAbsolutePath().normalize().toString(),
                environment.application(),
                environment.name()));
    command.addAll(List.of(more));
    var builder = new ProcessBuilder(command);
    builder.environment().keySet().retainAll(INHERITED);
    return builder
        .directory(folder.path().toFile())
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
        .start();
  }
}
