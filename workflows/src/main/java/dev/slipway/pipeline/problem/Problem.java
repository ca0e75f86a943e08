package dev.slipway.pipeline.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * Something that is wrong with a pipeline file.
 *
 * @param line from 1 on
 * @param column from 1 on, in code points
 * @param path of the value: {@code stages[1].steps[0].params.script}; empty for the whole file
 * @param message one line
 * @param suggestion what to write instead, one line
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Problem(
    Severity severity,
    int line,
    int column,
    String path,
    String message,
    Optional<String> suggestion) {
  /** Whether a run can start all the same. */
  public enum Severity {
    /** Nothing starts. */
    ERROR,
    /** It runs, and may not do what was meant. */
    WARNING
  }

  /** Where it is. */
  public Place place() {
    return new Place(line, column);
  }

  /** Whether nothing starts because of it. */
  public boolean isError() {
    return severity == Severity.ERROR;
  }
}
