package dev.slipway.starter.view;

import dev.slipway.run.RunState;
import dev.slipway.run.StepState;
import java.util.Objects;

/**
 * What failed steps say in their own lines. Stage, run and events repeat it, which is right for
 * programs; people read it once, at the step.
 */
record ToldFailures(RunState run) {
  /** Whether a failed step's line says this already. */
  boolean tell(String text) {
    return beginning(text) < text.length();
  }

  /** What the text says before it repeats a failed step's words; all of it when it does not. */
  String without(String text) {
    var beginning = beginning(text);
    return beginning == text.length()
        ? text
        : text.substring(0, beginning).stripTrailing().replaceFirst(":$", "");
  }

  private int beginning(String text) {
    return run.stages().stream()
        .flatMap(stage -> stage.steps().stream())
        .filter(step -> step.status() == StepState.Status.FAILED)
        .map(StepState::failure)
        .filter(Objects::nonNull)
        .mapToInt(failure -> text.indexOf(failure.happened()))
        .filter(at -> at >= 0)
        .min()
        .orElse(text.length());
  }
}
