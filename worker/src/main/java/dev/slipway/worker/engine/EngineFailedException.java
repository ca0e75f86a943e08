package dev.slipway.worker.engine;

import org.jspecify.annotations.Nullable;

/** Thrown when the engine that was asked for can't be had; no other one is taken instead. */
public final class EngineFailedException extends Exception {
  private final String advice;

  /**
   * @param happened what happened and where, one line
   * @param advice what the person can do
   */
  public EngineFailedException(String happened, String advice, @Nullable Throwable cause) {
    super(happened, cause);
    this.advice = advice;
  }

  /** What the person can do. */
  public String advice() {
    return advice;
  }
}
