package dev.slipway.environment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.pipeline.Webhook;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an environment is told, always by signal. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = LockMessage.Announce.class, name = "announce"),
  @JsonSubTypes.Type(value = LockMessage.Request.class, name = "request"),
  @JsonSubTypes.Type(value = LockMessage.Intend.class, name = "intend"),
  @JsonSubTypes.Type(value = LockMessage.Recorded.class, name = "recorded"),
  @JsonSubTypes.Type(value = LockMessage.Release.class, name = "release")
})
public sealed interface LockMessage {
  /** The run has reached the environment's gate; older ones there give way. */
  record Announce(long run, String workflowId) implements LockMessage {
    public Announce {
      Objects.requireNonNull(workflowId, "workflowId");
    }
  }

  /**
   * The run wants the lock now.
   *
   * @param urgency who comes first
   */
  record Request(long run, String workflowId, Urgency urgency) implements LockMessage {
    public Request {
      Objects.requireNonNull(workflowId, "workflowId");
      Objects.requireNonNull(urgency, "urgency");
    }
  }

  /**
   * The run is about to change the environment; if it dies, this is how to go back.
   *
   * @param spec the environment as the run knows it
   * @param wanted what is to be again
   * @param release the release that is about to come, or on a way back the one that lives
   * @param commit of that release
   * @param back what the ledger says after a way back; null for a run that brings a new release
   * @param webhooks that are told if the run dies and others go back in its place
   * @param queues where others go back in its place; null when an older run did not say
   */
  record Intend(
      long run,
      EnvironmentSpec spec,
      EnvironmentState wanted,
      long release,
      String commit,
      @Nullable WayBackIntent back,
      List<Webhook> webhooks,
      @Nullable EnvironmentQueues queues)
      implements LockMessage {
    public Intend {
      // Messages of runs that began before they said so have none.
      webhooks = webhooks == null ? List.of() : List.copyOf(webhooks);
      Objects.requireNonNull(spec, "spec");
      Objects.requireNonNull(wanted, "wanted");
      Objects.requireNonNull(commit, "commit");
    }
  }

  /**
   * A way back from a live release that somebody wants.
   *
   * @param to the release that is to live again
   * @param by who wants it
   * @param reason why
   * @param held whether the commit of the live release is held afterwards
   */
  record WayBackIntent(long to, String by, String reason, boolean held) {}

  /** The environment's ledger has grown to this. */
  record Recorded(LedgerHead head) implements LockMessage {
    public Recorded {
      Objects.requireNonNull(head, "head");
    }
  }

  /** The run no longer needs the environment, whether it had the lock or waited for it. */
  record Release(long run) implements LockMessage {}

  /** Who comes first when several wait. */
  enum Urgency {
    /** A new release: the newest run, and only it. */
    DELIVERY,
    /** A way back: before every delivery, and never superseded. */
    WAY_BACK
  }
}
