package dev.slipway.pipeline.yaml;

import dev.slipway.pipeline.problem.Place;

/** The file can't be read on from here. */
final class UnreadableException extends Exception {
  private final transient Place place;
  private final String problem;
  private final String suggestion;

  UnreadableException(Place place, String problem, String suggestion) {
    super(problem, null, false, false);
    this.place = place;
    this.problem = problem;
    this.suggestion = suggestion;
  }

  Place place() {
    return place;
  }

  String problem() {
    return problem;
  }

  String suggestion() {
    return suggestion;
  }
}
