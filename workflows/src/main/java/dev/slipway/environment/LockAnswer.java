package dev.slipway.environment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/** What an environment answers a run, always by signal. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = LockAnswer.Granted.class, name = "granted"),
  @JsonSubTypes.Type(value = LockAnswer.Superseded.class, name = "superseded"),
  @JsonSubTypes.Type(value = LockAnswer.TookPlace.class, name = "took_place"),
  @JsonSubTypes.Type(value = LockAnswer.Wanted.class, name = "wanted")
})
public sealed interface LockAnswer {
  /** The environment that answers. */
  String environment();

  /**
   * The run may change the environment.
   *
   * @param firstToken the lowest of {@value #TOKENS_PER_GRANT} fencing tokens that are its own
   * @param head which the ledger must still have; null when nothing was recorded yet
   */
  record Granted(String environment, long firstToken, @Nullable LedgerHead head)
      implements LockAnswer {}

  /**
   * A newer run took the place.
   *
   * @param by the newer run's number
   */
  record Superseded(String environment, long by) implements LockAnswer {}

  /**
   * The run took the place of an older one, which is told so as well.
   *
   * @param of the older run's number
   */
  record TookPlace(String environment, long of) implements LockAnswer {}

  /**
   * A rollback waits for what the run holds: it does not stand still there any longer.
   *
   * @param by the rollback's number
   */
  record Wanted(String environment, long by) implements LockAnswer {}

  /** How many tokens a grant comes with: one for each attempt and undo of the run. */
  long TOKENS_PER_GRANT = 1_000_000;
}
