package dev.slipway.activities.step;

/** A step's log: written as things happen, readable live and after any crash. */
public interface StepLog {
  /** Adds one line. */
  void line(String text);

  /** Adds one line and makes it the progress that people see beside the step. */
  void progress(String text);
}
