package dev.slipway.starter.cli;

import dev.slipway.pipeline.RunId;
import dev.slipway.starter.client.RunIndex;
import dev.slipway.starter.local.TroubleException;
import dev.slipway.starter.source.WorkingTree;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Understands which run a person means: {@code storefront/12}, {@code 12}, or the newest. */
final class RunFinder {
  private final Surroundings surroundings;
  private final RunIndex index;

  RunFinder(Surroundings surroundings, RunIndex index) {
    this.surroundings = surroundings;
    this.index = index;
  }

  /**
   * The run.
   *
   * @param text as it was typed; null for the newest
   */
  RunId find(@Nullable String text) throws TroubleException, IOException {
    if (text == null) {
      return newest();
    }
    if (text.matches("#?[0-9]+")) {
      var number = text.replace("#", "");
      return known(RunId.parse(application() + "/" + number).orElseThrow(() -> notARun(text)));
    }
    return known(RunId.parse(text).orElseThrow(() -> notARun(text)));
  }

  /** Whether this names a run and not, say, a step. */
  static boolean isName(String text) {
    return text.matches("#?[0-9]+") || RunId.parse(text).isPresent();
  }

  private RunId known(RunId run) throws TroubleException, IOException {
    if (index.record(run).isPresent()) {
      return run;
    }
    var newest = index.runs(run.application());
    throw TroubleException.input(
        "there is no run " + run,
        newest.isEmpty()
            ? "applications with runs: %s".formatted(names(index.applications()))
            : "the newest is %s; see all: slipway runs".formatted(newest.getFirst()));
  }

  private static TroubleException notARun(String text) {
    return TroubleException.input(
        text + " is no run", "name one like 12 or storefront/12; see the runs: slipway runs");
  }

  /**
   * The run that a command changes: without a name only this repository's newest, since whoever is
   * elsewhere may mean another one.
   */
  RunId findToChange(@Nullable String text) throws TroubleException, IOException {
    if (text == null && applicationHere().isEmpty()) {
      var all = index.allRuns();
      throw TroubleException.input(
          "this folder is in no repository with a pipeline, so which run is not clear",
          all.isEmpty()
              ? "there are no runs yet"
              : "name it; the newest is %s".formatted(all.getFirst().input().id()));
    }
    return find(text);
  }

  private RunId newest() throws TroubleException, IOException {
    var here = applicationHere();
    if (here.isPresent()) {
      var runs = index.runs(here.get());
      if (!runs.isEmpty()) {
        return runs.getFirst();
      }
      throw TroubleException.input(here.get() + " has no runs yet", "start one: slipway run");
    }
    var all = index.allRuns();
    if (all.isEmpty()) {
      throw TroubleException.input("there are no runs yet", "start one: slipway run");
    }
    return all.getFirst().input().id();
  }

  /** The application that a command without one means: of this repository, or the only one. */
  String application() throws TroubleException, IOException {
    var here = applicationHere();
    if (here.isPresent()) {
      return here.get();
    }
    var known = index.applications();
    if (known.size() == 1) {
      return known.getFirst();
    }
    throw TroubleException.input(
        "this folder is in no repository with a pipeline, so the application is not clear",
        known.isEmpty()
            ? "go into a repository with a slipway.yaml"
            : "name it: one of %s".formatted(names(known)));
  }

  private Optional<String> applicationHere() throws IOException {
    return WorkingTree.application(surroundings.here());
  }

  private static String names(List<String> applications) {
    return applications.isEmpty() ? "none" : String.join(", ", applications);
  }
}
