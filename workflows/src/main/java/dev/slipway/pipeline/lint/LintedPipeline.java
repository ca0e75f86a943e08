package dev.slipway.pipeline.lint;

import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.PipelineGraph;
import java.util.List;

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

  /** The stages that belong to an environment, in order. */
  List<LintedStage> stagesOf(String environment) {
    return stages.stream()
        .filter(stage -> environment.equals(stage.stage().environment()))
        .toList();
  }
}
