package dev.slipway.pipeline.file;

import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.PipelineGraph;
import dev.slipway.pipeline.Reference;
import dev.slipway.pipeline.Stage;
import dev.slipway.pipeline.Step;
import dev.slipway.pipeline.StepId;
import dev.slipway.pipeline.file.PipelineDraft.WebhookDraft;
import dev.slipway.pipeline.problem.Nearest;
import dev.slipway.pipeline.problem.Words;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether everything that a text refers to exists, and is complete when it is needed. */
final class ReferenceCheck {
  private final Pipeline pipeline;
  private final PipelineGraph graph;
  private final List<String> artifacts;
  private final List<StepId> imageMakers;

  /**
   * @param imageMakers the steps that make an image
   */
  ReferenceCheck(Pipeline pipeline, PipelineGraph graph, List<StepId> imageMakers) {
    this.pipeline = pipeline;
    this.graph = graph;
    this.imageMakers = imageMakers;
    this.artifacts =
        steps().flatMap(step -> Optional.ofNullable(step.artifact()).stream()).toList();
  }

  void checkStage(StageDraft stage) {
    for (var step : stage.steps()) {
      var id = new StepId(stage.name(), step.name());
      for (var artifact : step.artifacts()) {
        artifact.text().ifPresent(name -> checkArtifact(artifact, name, id));
      }
      for (var use : step.templates()) {
        use.references().forEach(reference -> check(use.at(), reference, stage, id));
      }
    }
  }

  /** An environment outlives runs: nothing of one run may be part of its configuration. */
  void checkEnvironment(EnvironmentDraft environment) {
    for (var use : environment.templates()) {
      for (var reference : use.references()) {
        if (!reference.isLate()) {
          use.at()
              .error(
                  written(reference) + " is not known in an environment's configuration",
                  "an environment outlives a run; it can refer to secrets and to itself");
        }
      }
    }
  }

  void checkWebhook(WebhookDraft webhook) {
    for (var use : webhook.templates()) {
      for (var reference : use.references()) {
        if (!(reference instanceof Reference.Secret)) {
          use.at()
              .error(
                  written(reference) + " is not known in a webhook's URL",
                  "it can refer to secrets alone");
        }
      }
    }
  }

  private void check(Value at, Reference reference, StageDraft stage, StepId step) {
    switch (reference) {
      case Reference.CommitSha _, Reference.RunNumber _, Reference.Secret _ -> {}
      case Reference.Artifact(var name) -> checkArtifact(at, name, step);
      case Reference.Output(var name, _) -> checkStep(at, reference, name, step);
      case Reference.Image(var name) -> {
        if (checkStep(at, reference, name, step)
            && graph.stepBefore(step, name).filter(imageMakers::contains).isEmpty()) {
          at.error("step %s builds no image".formatted(Words.quoted(name)));
        }
      }
      case Reference.DockerImage _ -> checkOnlyImage(at, reference, step);
      case Reference.EnvironmentName _, Reference.EnvironmentUrl _ -> {
        if (stage.environment().isEmpty()) {
          at.error(
              "%s: stage %s has no environment"
                  .formatted(written(reference), Words.quoted(stage.name())),
              "add `environment: NAME` to the stage");
        }
      }
    }
  }

  /** An image that is built beside this step may or may not be there: it counts as well. */
  private void checkOnlyImage(Value at, Reference reference, StepId step) {
    var makers =
        imageMakers.stream()
            .filter(maker -> !maker.equals(step) && !graph.isBefore(step, maker))
            .toList();
    if (makers.stream().noneMatch(maker -> graph.isBefore(maker, step))) {
      at.error(written(reference) + ": no step before this one builds an image");
    } else if (makers.size() > 1) {
      at.error(
          "%s: more than one step builds an image: %s"
              .formatted(
                  written(reference),
                  makers.stream()
                      .map(maker -> Words.quoted(maker.toString()))
                      .collect(Collectors.joining(", "))),
          "say which: `${image:%s}`".formatted(makers.getFirst().step()));
    }
  }

  private void checkArtifact(Value at, String name, StepId step) {
    var keeper = graph.keeperOf(name);
    if (keeper.isEmpty()) {
      at.error(
          "no step keeps an artifact %s".formatted(Words.quoted(name)),
          Nearest.question(name, artifacts)
              .orElse("give the step that makes it `artifact: " + name + "`"));
    } else if (!graph.isBefore(keeper.get(), step)) {
      at.error(
          "artifact %s is kept by step %s, which is not complete before this one"
              .formatted(Words.quoted(name), Words.quoted(keeper.get().toString())),
          "let this step or its stage need that one");
    }
  }

  private boolean checkStep(Value at, Reference reference, String name, StepId step) {
    if (graph.stepBefore(step, name).isPresent()) {
      return true;
    }
    var names = steps().map(Step::name).distinct().toList();
    if (names.contains(name)) {
      at.error(
          "%s: step %s is not complete before this one"
              .formatted(written(reference), Words.quoted(name)),
          "let this step or its stage need that one");
    } else {
      at.error(
          "%s: unknown step %s".formatted(written(reference), Words.quoted(name)),
          Nearest.question(name, names));
    }
    return false;
  }

  private static String written(Reference reference) {
    return Words.quoted("${" + reference.text() + "}");
  }

  private Stream<Step> steps() {
    return pipeline.stages().stream().map(Stage::steps).flatMap(List::stream);
  }
}
