package dev.slipway.activities.local.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.slipway.action.FailureType;
import dev.slipway.activities.target.Target.Probe;
import java.util.List;

/** What a supervisor answers: lines as things happen, then one that is the last. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "reply")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Reply.Line.class, name = "line"),
  @JsonSubTypes.Type(value = Reply.Progress.class, name = "progress"),
  @JsonSubTypes.Type(value = Reply.Done.class, name = "done"),
  @JsonSubTypes.Type(value = Reply.Seen.class, name = "seen"),
  @JsonSubTypes.Type(value = Reply.Looked.class, name = "looked"),
  @JsonSubTypes.Type(value = Reply.Failed.class, name = "failed")
})
public sealed interface Reply {
  /** For the log. */
  record Line(String text) implements Reply {}

  /** For the log, and where the change stands now. */
  record Progress(String text) implements Reply {}

  /** The last one of a call. */
  sealed interface Last extends Reply {}

  /** It is done. */
  record Done() implements Last {}

  /** The environment as it is. */
  record Seen(LocalStatus status) implements Last {}

  /** What looking showed. */
  record Looked(Probe probe) implements Last {}

  /**
   * It could not be done.
   *
   * @param lastLines of the replica that is to blame, if one is
   */
  record Failed(FailureType type, String happened, String advice, List<String> lastLines)
      implements Last {}
}
