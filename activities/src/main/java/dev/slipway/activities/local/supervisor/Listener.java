package dev.slipway.activities.local.supervisor;

/** Whoever asked for a change and hears how it goes. */
interface Listener {
  /** For the log. */
  void line(String text);

  /** For the log, and where the change stands now. */
  void progress(String text);
}
