package dev.slipway.activities.docker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Of the worker's variables, those that a program needs to reach the worker's Docker Engine. */
public final class EngineVariables {
  /** Which engine answers a program that was given them. */
  static final String HOST = "DOCKER_HOST";

  private static final List<String> NAMES =
      List.of(HOST, "DOCKER_CERT_PATH", "DOCKER_TLS_VERIFY", "DOCKER_CONFIG", "XDG_RUNTIME_DIR");

  private EngineVariables() {}

  /**
   * The worker's values of them, as far as it has any.
   *
   * @param env of the worker
   * @param more names of others that the program takes
   */
  public static Map<String, String> of(Map<String, String> env, String... more) {
    var passed = new HashMap<>(env);
    var wanted = List.of(more);
    passed.keySet().removeIf(name -> !NAMES.contains(name) && !wanted.contains(name));
    return passed;
  }
}
