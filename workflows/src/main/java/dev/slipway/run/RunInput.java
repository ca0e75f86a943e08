package dev.slipway.run;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.pipeline.RunId;
import org.jspecify.annotations.Nullable;

/**
 * What a run is started with.
 *
 * @param id allotted in the store before the start
 * @param kind what the run is to do
 * @param by who started it
 */
public record RunInput(RunId id, Kind kind, String by) {
  /** What a run is to do. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Deliver.class, name = "deliver"),
    @JsonSubTypes.Type(value = Rollback.class, name = "rollback")
  })
  public sealed interface Kind permits Deliver, Rollback {}

  /**
   * Takes a commit through its pipeline.
   *
   * @param repository a folder or URL
   * @param commit the full hash
   * @param file the pipeline file's path in the commit
   */
  public record Deliver(String repository, String commit, String file) implements Kind {}

  /**
   * Takes an environment back.
   *
   * @param to the release that is to live again; null for the newest good one before the live one
   */
  public record Rollback(EnvironmentId environment, @Nullable Long to) implements Kind {}
}
