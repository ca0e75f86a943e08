package dev.slipway.pipeline.lint;

/** Takes what the rules find; the place is looked up by the path. */
public interface Findings {
  /** Nothing may start. */
  void error(String path, String message, String suggestion);

  /** It may not do what was meant. */
  void warning(String path, String message, String suggestion);
}
