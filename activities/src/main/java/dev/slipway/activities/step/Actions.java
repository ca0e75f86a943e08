package dev.slipway.activities.step;

import dev.slipway.action.FailureType;
import dev.slipway.pipeline.problem.Nearest;
import dev.slipway.step.StepFailedException;
import java.util.List;
import java.util.TreeMap;

/** The actions that a worker can perform, by their names. */
public final class Actions {
  private final TreeMap<String, Action> actions = new TreeMap<>();

  /**
   * @throws IllegalArgumentException when two actions have one name
   */
  public Actions(List<Action> actions) {
    for (var action : actions) {
      if (this.actions.put(action.spec().name(), action) != null) {
        throw new IllegalArgumentException("two actions `%s`".formatted(action.spec().name()));
      }
    }
  }

  /** In the order of the alphabet. */
  public List<String> names() {
    return List.copyOf(actions.keySet());
  }

  /**
   * @throws StepFailedException CONFIGURATION, when this worker has no such action
   */
  public Action require(String name) throws StepFailedException {
    var action = actions.get(name);
    if (action == null) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "this worker has no action `%s`".formatted(name),
          "It has %s.%s Start a worker of a version that has it, or name the step's `queue`."
              .formatted(
                  String.join(", ", names()),
                  Nearest.question(name, names()).map(question -> " Or " + question).orElse("")));
    }
    return action;
  }
}
