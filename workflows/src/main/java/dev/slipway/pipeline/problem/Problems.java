package dev.slipway.pipeline.problem;

import dev.slipway.pipeline.problem.Problem.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Collects everything that is wrong with a file, so that a person can mend it in one go. */
public final class Problems {
  /** More are counted, not kept: a file made to have millions must not fill the memory. */
  public static final int MOST = 500;

  private static final Comparator<Problem> ORDER =
      Comparator.comparing(Problem::place)
          .thenComparing(Problem::severity)
          .thenComparing(Problem::path)
          .thenComparing(Problem::message);

  private final List<Problem> kept = new ArrayList<>();
  private boolean errors;
  private int dropped;

  /** Adds an error. */
  public void error(Place place, String path, String message, Optional<String> suggestion) {
    add(Severity.ERROR, place, path, message, suggestion);
  }

  /** Adds a warning. */
  public void warning(Place place, String path, String message, Optional<String> suggestion) {
    add(Severity.WARNING, place, path, message, suggestion);
  }

  /** Adds a problem. */
  public void add(
      Severity severity, Place place, String path, String message, Optional<String> suggestion) {
    add(new Problem(severity, place.line(), place.column(), path, message, suggestion));
  }

  /** Adds a problem. */
  public void add(Problem problem) {
    errors |= problem.isError();
    if (kept.size() == MOST) {
      dropped++;
    } else {
      kept.add(problem);
    }
  }

  /** Whether an error is among them. */
  public boolean hasErrors() {
    return errors;
  }

  /** All of them by place; the same one twice counts once. */
  public List<Problem> sorted() {
    var sorted = new ArrayList<>(kept.stream().distinct().sorted(ORDER).toList());
    if (dropped > 0) {
      var last = sorted.getLast();
      var severity = errors ? Severity.ERROR : Severity.WARNING;
      var message = "and %d more problems".formatted(dropped);
      sorted.add(new Problem(severity, last.line(), last.column(), "", message, Optional.empty()));
    }
    return List.copyOf(sorted);
  }
}
