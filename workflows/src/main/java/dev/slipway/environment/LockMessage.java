package dev.slipway.environment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.slipway.pipeline.EnvironmentSpec;
import org.jspecify.annotations.Nullable;

/** What a run tells an environment, always by signal. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = LockMessage.Announce.class, name = "announce"),
  @JsonSubTypes.Type(value = LockMessage.Request.class, name = "request"),
  @JsonSubTypes.Type(value = LockMessage.Intend.class, name = "intend"),
  @JsonSubTypes.Type(value = LockMessage.Release.class, name = "release")
})
public sealed interface LockMessage {
  /** The number of the run that speaks. */
  long run();

  /** The run has reached the environment's gate; older ones there give way. */
  record Announce(long run, String workflowId) implements LockMessage {}

  /**
   * The run wants the lock now.
   *
   * @param urgency who comes first
   */
  record Request(long run, String workflowId, Urgency urgency) implements LockMessage {}

  /**
   * The run is about to change the environment; if it dies, this is how to go back.
   *
   * @param spec the environment as the run knows it
   * @param before what is to be again
   * @param release the number of the release that is about to come
   * @param commit of that release
   */
  record Intend(
      long run, EnvironmentSpec spec, EnvironmentState before, long release, String commit)
      implements LockMessage {}

  /**
   * The run no longer needs the environment, whether it had the lock or waited for it.
   *
   * @param released the release that lives because of it; null when it changed nothing for good
   */
  record Release(long run, @Nullable Long released) implements LockMessage {}

  /** Who comes first when several wait. */
  enum Urgency {
    /** A new release: the newest run, and only it. */
    DELIVERY,
    /** A way back: before every delivery, and never superseded. */
    WAY_BACK
  }
}
