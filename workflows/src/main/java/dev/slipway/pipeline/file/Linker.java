package dev.slipway.pipeline.file;

import dev.slipway.action.ClusterSpecs;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.PipelineGraph;
import dev.slipway.pipeline.Stage;
import dev.slipway.pipeline.StepId;
import dev.slipway.pipeline.Webhook;
import dev.slipway.pipeline.lint.LintedPipeline;
import dev.slipway.pipeline.lint.LintedStage;
import dev.slipway.pipeline.lint.LintedStep;
import dev.slipway.pipeline.lint.Located;
import dev.slipway.pipeline.problem.Nearest;
import dev.slipway.pipeline.problem.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a pipeline of a file's parts: names, order, environments, decisions and references. */
final class Linker {
  private final PipelineDraft draft;
  private final ImageParams images;

  Linker(PipelineDraft file) {
    this.draft = Namespaces.resolve(file);
    this.images = new ImageParams(file.application(), file.registry());
  }

  /** The pipeline; where the file is wrong it is incomplete, and the problems say so. */
  LintedPipeline link() {
    Names.mustDiffer(draft.stages(), "stage");
    Names.mustDiffer(artifacts(), "artifact");
    orderEnvironments();
    draft.stages().forEach(this::mustKnowEnvironment);
    var drafts = new ArrayList<StageDraft>();
    var linked = new ArrayList<LintedStage>();
    linkStages(drafts, linked);
    var environments =
        draft.environments().stream()
            .map(environment -> new Located<>(environment.at().path(), environment.spec()))
            .toList();
    var pipeline =
        new Pipeline(
            draft.application(),
            environments.stream().map(Located::value).toList(),
            linked.stream().map(LintedStage::stage).toList(),
            draft.webhooks().stream().map(webhook -> new Webhook(webhook.url())).toList());
    var graph = new PipelineGraph(pipeline);
    var references = new ReferenceCheck(pipeline, graph, imageMakers(drafts));
    drafts.forEach(references::checkStage);
    draft.environments().forEach(references::checkEnvironment);
    draft.webhooks().forEach(references::checkWebhook);
    return new LintedPipeline(pipeline, graph, environments, linked);
  }

  private static List<StepId> imageMakers(List<StageDraft> stages) {
    return stages.stream()
        .flatMap(
            stage ->
                stage.steps().stream()
                    .filter(StepDraft::makesImage)
                    .map(step -> new StepId(stage.name(), step.name())))
        .toList();
  }

  private record Artifact(String name, Value at) implements Names.Named {}

  private List<Artifact> artifacts() {
    return draft.stages().stream()
        .flatMap(stage -> stage.steps().stream())
        .flatMap(step -> step.artifact().stream())
        .flatMap(at -> at.text().map(name -> new Artifact(name, at)).stream())
        .toList();
  }

  private void orderEnvironments() {
    new Needs(
            "environment",
            draft.environments().stream()
                .map(
                    environment ->
                        new Needs.Item(
                            environment.spec().name(),
                            environment.at(),
                            environment.after().map(List::of)))
                .toList(),
            Needs.ByDefault.NONE)
        .order();
  }

  private void mustKnowEnvironment(StageDraft stage) {
    var known = draft.environments().stream().map(found -> found.spec().name()).toList();
    var name = stage.environmentName().orElse("");
    if (stage.environment().isPresent() && !known.contains(name)) {
      stage
          .environment()
          .get()
          .error(
              "unknown environment " + Words.quoted(name),
              Nearest.question(name, known)
                  .or(() -> Optional.of("describe it under `environments:`")));
    }
  }

  private void linkStages(List<StageDraft> drafts, List<LintedStage> linked) {
    var needs =
        new Needs(
            "stage",
            draft.stages().stream()
                .map(stage -> new Needs.Item(stage.name(), stage.at(), stage.needs()))
                .toList(),
            Needs.ByDefault.THE_ONE_BEFORE);
    var stageNeeds = new ArrayList<List<String>>();
    for (var index : needs.order()) {
      drafts.add(draft.stages().get(index));
      stageNeeds.add(needs.of(index));
    }
    var decisions = new Decisions(drafts, stageNeeds, draft.approvals());
    for (int i = 0; i < drafts.size(); i++) {
      linked.add(linkStage(drafts.get(i), stageNeeds.get(i), decisions, i));
    }
  }

  private LintedStage linkStage(
      StageDraft draft, List<String> needs, Decisions decisions, int index) {
    var steps = linkSteps(draft);
    var stage =
        new Stage(
            draft.name(),
            steps.stream().map(LintedStep::step).toList(),
            decisions.gate(index),
            draft.onFailure(),
            draft.retry(),
            needs,
            draft.environmentName().orElse(null),
            draft.redeploy());
    return new LintedStage(draft.at().path(), stage, steps, draft.gate().checks());
  }

  private List<LintedStep> linkSteps(StageDraft stage) {
    Names.mustDiffer(stage.steps(), "step of this stage");
    var needs =
        new Needs(
            "step",
            stage.steps().stream()
                .map(step -> new Needs.Item(step.name(), step.at(), step.needs()))
                .toList(),
            stage.parallel() ? Needs.ByDefault.NONE : Needs.ByDefault.THE_ONE_BEFORE);
    return needs.order().stream()
        .map(
            index -> {
              var step = stage.steps().get(index);
              mustHaveEnvironment(step, stage);
              return new LintedStep(
                  step.at().path(),
                  new StepId(stage.name(), step.name()),
                  step.linked(needs.of(index), images.paramsOf(step)),
                  step.spec());
            })
        .toList();
  }

  private static void mustHaveEnvironment(StepDraft step, StageDraft stage) {
    var needsOne = step.spec().isPresent() && step.spec().get().effect().needsEnvironment();
    if (needsOne && stage.environment().isEmpty()) {
      step.at()
          .field("action")
          .orElse(step.at())
          .error(
              "%s works on an environment, and stage %s has none"
                  .formatted(Words.quoted(step.action()), Words.quoted(stage.name())),
              ClusterSpecs.isOne(step.action())
                  ? "add `environment: NAME` to the stage, or `namespace: NAME` to the parameters"
                  : "add `environment: NAME` to the stage");
    }
  }
}
