package dev.slipway.action;

import java.time.Duration;

/**
 * Why a step failed, which decides whether another try can help. The name is the type of the
 * Temporal application failure that carries it.
 */
public enum FailureType {
  /** An outside system answered badly for a moment. */
  TRANSIENT(4, Duration.ofSeconds(2)),
  /** The machine lacks something: disk, a port, a program that can't be started. */
  INFRASTRUCTURE(2, Duration.ofSeconds(5)),
  /** The pipeline, the environment or the application is set up wrongly. */
  CONFIGURATION(1, Duration.ZERO),
  /** The build command said no. */
  BUILD_FAILED(1, Duration.ZERO),
  /** Tests ran and failed, or none ran. */
  TESTS_FAILED(1, Duration.ZERO),
  /** A scan or a check of a migration found something that must not pass. */
  FINDINGS(1, Duration.ZERO),
  /** What was deployed, or what it stands on, does not answer as it should. */
  UNHEALTHY(1, Duration.ZERO),
  /** An attempt took longer than its time limit and was stopped. */
  TIMEOUT(1, Duration.ZERO),
  /** The run or a person stopped the step. */
  CANCELLED(1, Duration.ZERO),
  /** Somebody else changed the target meanwhile, or holds a newer fencing token. */
  CONFLICT(1, Duration.ZERO);

  private final int tries;
  private final Duration interval;

  FailureType(int tries, Duration interval) {
    this.tries = tries;
    this.interval = interval;
  }

  /** How often a step is tried at most when it fails like this, unless its {@code retry} says. */
  public int tries() {
    return tries;
  }

  /** The wait before the second try; it doubles with each further one. */
  public Duration interval() {
    return interval;
  }

  /**
   * Whether a step's own {@code retry} may repeat it: what a person or another run decided stays.
   */
  public boolean mayBeRetried() {
    return switch (this) {
      case TRANSIENT, INFRASTRUCTURE, BUILD_FAILED, TESTS_FAILED, UNHEALTHY, TIMEOUT -> true;
      case CONFIGURATION, FINDINGS, CANCELLED, CONFLICT -> false;
    };
  }
}
