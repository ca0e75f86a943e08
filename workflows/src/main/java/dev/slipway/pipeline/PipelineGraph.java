package dev.slipway.pipeline;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What must have happened before what, in a pipeline whose {@code needs} name earlier ones. */
public final class PipelineGraph {
  private final Pipeline pipeline;
  private final Map<String, Integer> stages;
  private final List<BitSet> stagesBefore;
  private final List<StepsOfStage> steps;

  private record StepsOfStage(Map<String, Integer> indices, List<BitSet> before) {}

  public PipelineGraph(Pipeline pipeline) {
    this.pipeline = pipeline;
    this.stages = indices(pipeline.stages().stream().map(Stage::name).toList());
    this.stagesBefore = before(stages, pipeline.stages().stream().map(Stage::needs).toList());
    this.steps = pipeline.stages().stream().map(PipelineGraph::stepsOf).toList();
  }

  /** Whether a stage is complete whenever the other one starts. */
  public boolean isStageBefore(String stage, String other) {
    var index = stages.get(stage);
    var otherIndex = stages.get(other);
    return index != null && otherIndex != null && stagesBefore.get(otherIndex).get(index);
  }

  /** The stages that are complete whenever this one starts, earliest first. */
  public List<Stage> stagesBefore(String stage) {
    var index = stages.get(stage);
    return index == null
        ? List.of()
        : stagesBefore.get(index).stream().mapToObj(pipeline.stages()::get).toList();
  }

  /** Whether a step is complete whenever the other one starts. */
  public boolean isBefore(StepId step, StepId other) {
    if (!step.stage().equals(other.stage())) {
      return isStageBefore(step.stage(), other.stage());
    }
    var stage = stages.get(step.stage());
    if (stage == null) {
      return false;
    }
    var index = steps.get(stage).indices().get(step.step());
    var otherIndex = steps.get(stage).indices().get(other.step());
    return index != null
        && otherIndex != null
        && steps.get(stage).before().get(otherIndex).get(index);
  }

  /** The step that keeps an artifact of that name. */
  public Optional<StepId> keeperOf(String artifact) {
    return pipeline.stages().stream()
        .flatMap(
            stage ->
                stage.steps().stream()
                    .filter(step -> artifact.equals(step.artifact()))
                    .map(step -> new StepId(stage.name(), step.name())))
        .findFirst();
  }

  /**
   * The step that {@code ${output:name.key}} means at this step: the one of that name that is
   * complete before it, in its own stage or else in the nearest earlier one.
   */
  public Optional<StepId> stepBefore(StepId at, String name) {
    var own = new StepId(at.stage(), name);
    if (isBefore(own, at)) {
      return Optional.of(own);
    }
    return stagesBefore(at.stage()).reversed().stream()
        .filter(stage -> stage.steps().stream().anyMatch(step -> step.name().equals(name)))
        .findFirst()
        .map(stage -> new StepId(stage.name(), name));
  }

  private static StepsOfStage stepsOf(Stage stage) {
    var indices = indices(stage.steps().stream().map(Step::name).toList());
    return new StepsOfStage(
        indices, before(indices, stage.steps().stream().map(Step::needs).toList()));
  }

  private static Map<String, Integer> indices(List<String> names) {
    var indices = new LinkedHashMap<String, Integer>();
    for (int i = 0; i < names.size(); i++) {
      indices.putIfAbsent(names.get(i), i);
    }
    return indices;
  }

  private static List<BitSet> before(Map<String, Integer> indices, List<List<String>> needs) {
    var before = new ArrayList<BitSet>();
    for (var needed : needs) {
      var bits = new BitSet();
      for (var name : needed) {
        var index = indices.get(name);
        if (index != null && index < before.size()) {
          bits.or(before.get(index));
          bits.set(index);
        }
      }
      before.add(bits);
    }
    return before;
  }
}
