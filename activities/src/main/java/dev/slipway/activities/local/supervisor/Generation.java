package dev.slipway.activities.local.supervisor;

import dev.slipway.artifact.Digest;
import dev.slipway.environment.LocalDeployment;
import dev.slipway.json.Json;
import dev.slipway.pipeline.EnvironmentSpec.LocalRun;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What makes two replicas the same: files, configuration, release and secret variables. How many
 * replicas there are makes no difference, nor who approved.
 */
record Generation(LocalDeployment deployment, Map<String, String> variables) {
  private static final int SHORTEST_SECRET = 6;
  private static final Pattern PASSWORD = Pattern.compile("://[^:@/]*:([^@/]+)@");

  Generation {
    variables = new TreeMap<>(variables);
  }

  /** The same text for the same replicas; kept only in files of the user alone. */
  Digest key() {
    var labels = deployment.labels();
    var run = deployment.run();
    return Digest.of(
        Json.bytes(
            new Same(
                labels.release(),
                deployment.commit(),
                deployment.artifact().digest(),
                new LocalRun(
                    run.command(), run.portVariable(), run.health(), run.smoke(), 0, run.env()),
                deployment.database(),
                variables)));
  }

  long release() {
    return deployment.labels().release();
  }

  /** The text without what must not be seen: secret values, and the passwords in addresses. */
  String masked(String text) {
    var masked = text;
    for (var value : variables.values()) {
      masked = without(masked, value);
      var password = PASSWORD.matcher(value);
      if (password.find()) {
        masked = without(masked, password.group(1));
      }
    }
    return masked;
  }

  private static String without(String text, String secret) {
    return secret.length() < SHORTEST_SECRET ? text : text.replace(secret, "***");
  }

  @Override
  public String toString() {
    return "Generation[" + deployment.labels() + "]";
  }

  private record Same(
      long release,
      String commit,
      Digest artifact,
      LocalRun run,
      @Nullable String database,
      Map<String, String> variables) {}
}
