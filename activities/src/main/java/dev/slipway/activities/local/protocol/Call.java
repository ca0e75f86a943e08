package dev.slipway.activities.local.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.slipway.activities.target.Target.RolloutSettings;
import dev.slipway.artifact.Digest;
import dev.slipway.environment.LocalDeployment;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a supervisor is asked; one to a connection, on one line. Closing the connection calls a
 * change off.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "call")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Call.Status.class, name = "status"),
  @JsonSubTypes.Type(value = Call.Apply.class, name = "apply"),
  @JsonSubTypes.Type(value = Call.EndReplicas.class, name = "end_replicas"),
  @JsonSubTypes.Type(value = Call.Publish.class, name = "publish"),
  @JsonSubTypes.Type(value = Call.Look.class, name = "look"),
  @JsonSubTypes.Type(value = Call.Shutdown.class, name = "shutdown")
})
public sealed interface Call {
  /** A change of what the environment runs or serves. */
  sealed interface Change extends Call {
    /** A lower token than the highest seen is refused. */
    long token();
  }

  /** Answers {@link Reply.Seen}. */
  record Status() implements Call {}

  /**
   * Brings the application to this deployment, whose artifact is unpacked already.
   *
   * @param variables of its replicas beside those of its configuration; secrets
   */
  record Apply(
      long token,
      LocalDeployment wanted,
      RolloutSettings settings,
      Map<String, String> variables,
      Limits limits)
      implements Change {
    @Override
    public String toString() {
      return "Apply[token=%d, wanted=%s]".formatted(token, wanted);
    }
  }

  /** Ends every replica. */
  record EndReplicas(long token, Limits limits) implements Change {}

  /**
   * Serves the frontend of this manifest, whose files are in the assets' folder already.
   *
   * @param manifest null for none
   */
  record Publish(long token, @Nullable Digest manifest) implements Change {}

  /** Looks at every replica over a window; answers {@link Reply.Looked}. */
  record Look(Duration window, Duration interval, Limits limits) implements Call {}

  /** Ends replicas, proxy and the supervisor itself. */
  record Shutdown(Limits limits) implements Call {}
}
