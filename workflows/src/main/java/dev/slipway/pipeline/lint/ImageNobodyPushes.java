package dev.slipway.pipeline.lint;

import dev.slipway.action.ActionSpec.Makes;
import dev.slipway.action.ClusterSpecs;
import dev.slipway.action.ContainerSpecs;
import dev.slipway.pipeline.Reference;
import dev.slipway.pipeline.Template;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A cluster pulls its images from a registry; what a build keeps to itself can't be pulled. */
final class ImageNobodyPushes implements Rule {
  @Override
  public void check(LintedPipeline linted, Findings findings) {
    var builds =
        linted
            .steps()
            .filter(step -> step.spec().filter(spec -> spec.makes() == Makes.IMAGE).isPresent())
            .toList();
    linted
        .steps()
        .filter(step -> ClusterSpecs.isOne(step.step().action()))
        .forEach(
            step ->
                Texts.of(step, ClusterSpecs.IMAGE)
                    .forEach(
                        image ->
                            build(image.value(), builds)
                                .filter(
                                    build ->
                                        !build.step().params().flag(ContainerSpecs.PUSH, false))
                                .ifPresent(build -> report(image, step, build, findings))));
  }

  private static Optional<LintedStep> build(String image, List<LintedStep> builds) {
    return Template.read(image).template().references().stream()
        .flatMap(
            reference ->
                switch (reference) {
                  case Reference.Image(var name) ->
                      builds.stream().filter(build -> build.step().name().equals(name));
                  case Reference.DockerImage _ ->
                      builds.size() == 1 ? builds.stream() : Stream.empty();
                  case Reference.CommitSha _,
                      Reference.RunNumber _,
                      Reference.Artifact _,
                      Reference.Output _,
                      Reference.Secret _,
                      Reference.EnvironmentUrl _,
                      Reference.EnvironmentName _ ->
                      Stream.empty();
                })
        .findFirst();
  }

  private static void report(
      Located<String> image, LintedStep step, LintedStep build, Findings findings) {
    findings.error(
        image.path(),
        "step %s runs the image of step %s in a cluster, and that step pushes it nowhere"
            .formatted(step.quotedName(), build.quotedName()),
        "add `push: true` to %s".formatted(build.quotedName()));
  }
}
