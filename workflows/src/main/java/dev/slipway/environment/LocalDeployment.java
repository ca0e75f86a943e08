package dev.slipway.environment;

import dev.slipway.artifact.ArtifactRef;
import dev.slipway.artifact.Digest;
import dev.slipway.json.Json;
import dev.slipway.pipeline.EnvironmentSpec.LocalRun;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An application as processes on this machine.
 *
 * @param artifact the application's files
 * @param run how a replica is started
 * @param database as the environment's specification says it, secrets unresolved; null without one
 * @param replicas how many
 */
public record LocalDeployment(
    ReleaseLabels labels,
    ArtifactRef artifact,
    LocalRun run,
    @Nullable String database,
    int replicas)
    implements Deployment {
  /** What everything that we deploy here says of itself. */
  public String commit() {
    return Objects.requireNonNull(labels.commit(), "only what others deployed has no commit");
  }

  @Override
  public Digest content() {
    return artifact.digest();
  }

  /** The digest of a configuration, which is part of a release. */
  public static Digest configuration(LocalRun run, @Nullable String database) {
    return Digest.of(Json.bytes(new Configuration(run, database)));
  }

  private record Configuration(LocalRun run, @Nullable String database) {}
}
