package dev.slipway.activities.local;

import dev.slipway.activities.target.Target.RolloutSettings;
import dev.slipway.environment.LocalDeployment;
import dev.slipway.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Another process that makes a change, so that it can be killed. */
public final class WorkerProcess {
  private WorkerProcess() {}

  static Process rollOut(Path home, LocalDeployment wanted, long token) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            WorkerProcess.class.getName(),
            home.toString(),
            Json.text(wanted),
            Long.toString(token))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Rolls out and ends. */
  public static void main(String[] arguments) throws Exception {
    var wanted = Json.read(arguments[1].getBytes(StandardCharsets.UTF_8), LocalDeployment.class);
    new LocalWorld(Path.of(arguments[0]))
        .target()
        .apply(
            wanted.labels().environment(),
            wanted,
            RolloutSettings.DEFAULT,
            Long.parseLong(arguments[2]),
            Quiet.LOG);
  }
}
