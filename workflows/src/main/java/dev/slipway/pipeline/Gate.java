package dev.slipway.pipeline;

import java.util.List;

/**
 * What stands between a stage and what comes after it.
 *
 * @param checks over the stage's evidence; all must pass
 * @param autoPass false asks a person after the checks passed
 * @param requireApproval asks a person before the stage's first step
 * @param mode whether a failed check blocks
 * @param approval who is asked and for how long
 */
public record Gate(
    List<Check> checks,
    boolean autoPass,
    boolean requireApproval,
    Mode mode,
    ApprovalPolicy approval) {
  /** What a failed check does. */
  public enum Mode {
    /** It blocks. */
    ENFORCE,
    /** It is shown, and the run goes on. */
    REPORT
  }

  public Gate {
    checks = List.copyOf(checks);
  }

  /** Whether a person is asked after the checks. */
  public boolean asksAfterwards() {
    return !autoPass && !requireApproval;
  }
}
