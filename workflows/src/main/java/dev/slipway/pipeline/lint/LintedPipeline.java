package dev.slipway.pipeline.lint;

import dev.slipway.action.ActionSpec.Effect;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.PipelineGraph;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A pipeline that could be read, and where the file has each part of it. */
public record LintedPipeline(
    Pipeline pipeline,
    PipelineGraph graph,
    List<Located<EnvironmentSpec>> environments,
    List<LintedStage> stages) {
  public LintedPipeline {
    environments = List.copyOf(environments);
    stages = List.copyOf(stages);
  }

  Stream<LintedStep> steps() {
    return stages.stream().flatMap(stage -> stage.steps().stream());
  }

  /** The URLs that are told about a run. */
  Stream<Located<String>> webhooks() {
    return IntStream.range(0, pipeline.webhooks().size())
        .mapToObj(
            index ->
                new Located<>(
                    "notifications[%d].webhook".formatted(index),
                    pipeline.webhooks().get(index).url()));
  }

  /** The steps of the stages that have this environment. */
  Stream<LintedStep> stepsIn(EnvironmentSpec environment) {
    return stages.stream()
        .filter(stage -> environment.name().equals(stage.stage().environment()))
        .flatMap(stage -> stage.steps().stream());
  }

  /** The steps that do this to the stage's environment, or in the stage when it has none. */
  List<LintedStep> stepsBeside(LintedStage stage, Effect effect) {
    var environment = stage.stage().environment();
    return stages.stream()
        .filter(
            other ->
                environment == null
                    ? other.equals(stage)
                    : environment.equals(other.stage().environment()))
        .flatMap(other -> other.steps().stream())
        .filter(step -> step.effect() == effect)
        .toList();
  }

  boolean isBefore(LintedStep step, LintedStep other) {
    return graph.isBefore(step.id(), other.id());
  }
}
