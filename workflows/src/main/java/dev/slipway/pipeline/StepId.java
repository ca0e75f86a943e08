package dev.slipway.pipeline;

/** Names a step of a pipeline. */
public record StepId(String stage, String step) {
  /** {@code test/unit}. */
  @Override
  public String toString() {
    return stage + "/" + step;
  }
}
