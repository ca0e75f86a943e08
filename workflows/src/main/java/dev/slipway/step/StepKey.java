package dev.slipway.step;

/**
 * Names one execution of a step: the same for each try that the server makes after a lost worker,
 * another for each round that the run decides on. Activities are idempotent by it.
 *
 * @param application the pipeline's application
 * @param run the run's number
 * @param stage the stage's name
 * @param step the step's name
 * @param round 1 for the first execution
 */
public record StepKey(String application, long run, String stage, String step, int round) {
  /** The key as a path: {@code storefront/12/test/unit/1}. */
  public String path() {
    return "%s/%d/%s/%s/%d".formatted(application, run, stage, step, round);
  }

  @Override
  public String toString() {
    return path();
  }
}
