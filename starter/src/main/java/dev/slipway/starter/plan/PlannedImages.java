package dev.slipway.starter.plan;

import dev.slipway.action.ClusterSpecs;
import dev.slipway.action.ContainerSpecs;
import dev.slipway.activities.deployment.StepPreview;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.Reference;
import dev.slipway.pipeline.Step;
import dev.slipway.pipeline.Template;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What references stand for before there is a run. An image that nobody has built yet stands under
 * a digest that none has, and is shown as the reference to it.
 */
final class PlannedImages {
  private static final String UNBUILT = "@sha256:" + "0".repeat(64);

  private final Pipeline pipeline;
  private final String commit;
  private final Map<String, String> known;
  private final Map<String, String> unbuilt = new LinkedHashMap<>();
  private final Set<String> ran = new LinkedHashSet<>();

  /**
   * @param environment where the commit has run already
   * @param image what it ran there; empty when it did not
   */
  PlannedImages(Pipeline pipeline, String commit, String environment, Optional<String> image) {
    this.pipeline = pipeline;
    this.commit = commit;
    var steps = released(environment);
    this.known =
        image.isPresent() && steps.size() == 1
            ? Map.of(steps.iterator().next(), image.get())
            : Map.of();
  }

  /** The steps whose images an environment is released with. */
  private Set<String> released(String environment) {
    return pipeline.stages().stream()
        .filter(stage -> environment.equals(stage.environment()))
        .flatMap(stage -> stage.steps().stream())
        .filter(step -> StepPreview.isOf(step.action()))
        .flatMap(step -> step.params().text(ClusterSpecs.IMAGE).stream())
        .flatMap(text -> Template.parse(text).references().stream())
        .flatMap(reference -> builder(reference).stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The step that builds the image that a reference stands for. */
  private Optional<String> builder(Reference reference) {
    return switch (reference) {
      case Reference.Image(var step) -> Optional.of(step);
      case Reference.DockerImage() -> builds().map(Step::name).findFirst();
      case Reference.CommitSha _,
          Reference.RunNumber _,
          Reference.Artifact _,
          Reference.Output _,
          Reference.Secret _,
          Reference.EnvironmentUrl _,
          Reference.EnvironmentName _ ->
          Optional.empty();
    };
  }

  /** What a reference stands for; empty for what only the worker knows. */
  Optional<String> value(Reference reference) {
    return switch (reference) {
      case Reference.CommitSha() -> Optional.of(commit);
      case Reference.Image(var step) -> Optional.of(image(step));
      case Reference.DockerImage() ->
          Optional.of(
              builder(reference)
                  .map(this::image)
                  .orElseGet(() -> unbuilt(pipeline.application(), "${DOCKER_IMAGE}")));
      case Reference.RunNumber _, Reference.Artifact _, Reference.Output _ ->
          Optional.of("${%s}".formatted(reference.text()));
      case Reference.Secret _, Reference.EnvironmentUrl _, Reference.EnvironmentName _ ->
          Optional.empty();
    };
  }

  private Stream<Step> builds() {
    return pipeline.stages().stream()
        .flatMap(stage -> stage.steps().stream())
        .filter(step -> step.action().equals(ContainerSpecs.DOCKER_BUILD.name()));
  }

  private String image(String step) {
    var image = known.get(step);
    if (image != null) {
      ran.add(image);
      return image;
    }
    return unbuilt(
        builds()
            .filter(build -> build.name().equals(step))
            .findFirst()
            .flatMap(build -> build.params().text(ContainerSpecs.REPOSITORY))
            .orElse(pipeline.application()),
        "${image:%s}".formatted(step));
  }

  private String unbuilt(String repository, String reference) {
    var image = repository + UNBUILT;
    unbuilt.put(image, reference);
    return image;
  }

  /** What people should know of the images that were asked for. */
  List<String> notes() {
    return Stream.concat(
            unbuilt.values().stream().map("%s stands for the image that the run builds"::formatted),
            ran.stream().map("the image is built already, and ran with this commit: %s"::formatted))
        .toList();
  }

  /** Whether it stands for an image that nobody has built yet. */
  boolean isUnbuilt(String image) {
    return unbuilt.containsKey(image);
  }

  /** A text with references in place of digests that no image has. */
  String shown(String text) {
    var shown = text;
    for (var image : unbuilt.entrySet()) {
      shown = shown.replace(image.getKey(), image.getValue());
    }
    return shown;
  }
}
