package dev.slipway.activities.docker;

/** A registry that a test starts and ends. */
public interface TestRegistry extends AutoCloseable {
  String USERNAME = "ann";
  String PASSWORD = "correct horse";

  /** Its host and port. */
  String host();

  @Override
  void close();
}
