package dev.slipway.starter.client;

import dev.slipway.run.RunRecord;
import dev.slipway.run.RunState;

/** What can be seen of a run. */
public sealed interface RunSight {
  /** The run as it stands, or as it ended. */
  record Seen(RunState state) implements RunSight {}

  /**
   * The run has not ended, and nobody can say more now.
   *
   * @param why one line
   * @param advice what the person can do
   */
  record Unseen(RunRecord record, Reason reason, String why, String advice) implements RunSight {}

  /** Why an open run can't be seen. */
  enum Reason {
    /** No server or worker runs; the run goes on when one does. */
    ASLEEP,
    /** Its engine is gone, and the run with it. */
    LOST
  }
}
