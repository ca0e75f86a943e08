package dev.slipway.activities.local;

import dev.slipway.activities.step.StepLog;

/** For questions, whose answer is all there is to say. */
final class Quiet implements StepLog {
  static final StepLog LOG = new Quiet();

  private Quiet() {}

  @Override
  public void line(String text) {}

  @Override
  public void progress(String text) {}
}
