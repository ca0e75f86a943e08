package dev.slipway.run;

import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.Stage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stages that share one decision and one lock: consecutive ones of the same environment, or a
 * single one.
 */
record StageGroup(@Nullable String environment, List<Stage> stages) {
  StageGroup {
    stages = List.copyOf(stages);
  }

  static List<StageGroup> of(Pipeline pipeline) {
    var groups = new ArrayList<StageGroup>();
    for (var stage : pipeline.stages()) {
      var continued = pipeline.continuesEnvironment(stage) ? groupOf(groups, stage) : -1;
      if (continued < 0) {
        groups.add(new StageGroup(stage.environment(), List.of(stage)));
      } else {
        var longer = new ArrayList<>(groups.get(continued).stages());
        longer.add(stage);
        groups.set(continued, new StageGroup(stage.environment(), longer));
      }
    }
    return List.copyOf(groups);
  }

  /** The last group with a stage that this one needs. */
  private static int groupOf(List<StageGroup> groups, Stage stage) {
    for (var at = groups.size() - 1; at >= 0; at--) {
      if (groups.get(at).stages().stream()
          .anyMatch(other -> stage.needs().contains(other.name()))) {
        return at;
      }
    }
    return -1;
  }

  /** Stages outside of the group that must have passed before its first one begins. */
  List<String> needs() {
    var own = stages.stream().map(Stage::name).toList();
    return stages.stream()
        .flatMap(stage -> stage.needs().stream())
        .filter(need -> !own.contains(need))
        .distinct()
        .toList();
  }

  /** Every stage on the way to the group. */
  Set<String> before(Pipeline pipeline) {
    var found = new LinkedHashSet<String>();
    var next = new ArrayList<>(needs());
    while (!next.isEmpty()) {
      var name = next.removeLast();
      if (found.add(name)) {
        pipeline.stage(name).ifPresent(stage -> next.addAll(stage.needs()));
      }
    }
    return found;
  }

  /** The stage whose gate asks a person before the group's first step, if one does. */
  @Nullable Stage asking() {
    return stages.stream().filter(stage -> stage.gate().requireApproval()).findFirst().orElse(null);
  }

  /** Whether any of its steps changes the environment. */
  boolean changes() {
    return stages.stream()
        .flatMap(stage -> stage.steps().stream())
        .anyMatch(step -> step.effect().changes());
  }

  boolean has(String stage) {
    return stages.stream().anyMatch(own -> own.name().equals(stage));
  }

  String name() {
    return stages.getFirst().name();
  }
}
