package dev.slipway.starter.plan;

import dev.slipway.action.ContainerSpecs;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.Reference;
import dev.slipway.pipeline.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What references stand for before there is a run. An image that nobody has built yet stands under
 * a digest that none has, and is shown as the reference to it.
 */
final class PlannedImages {
  private static final String UNBUILT = "@sha256:" + "0".repeat(64);

  private final Pipeline pipeline;
  private final String commit;
  private final Optional<String> known;
  private final Map<String, String> unbuilt = new LinkedHashMap<>();
  private boolean isAskedFor;

  /**
   * @param known the commit's image where it ran already; empty when it did nowhere
   */
  PlannedImages(Pipeline pipeline, String commit, Optional<String> known) {
    this.pipeline = pipeline;
    this.commit = commit;
    this.known = known;
  }

  /** What a reference stands for; empty for what only the worker knows. */
  Optional<String> value(Reference reference) {
    return switch (reference) {
      case Reference.CommitSha() -> Optional.of(commit);
      case Reference.Image(var step) -> Optional.of(image(step));
      case Reference.DockerImage() ->
          Optional.of(
              builds()
                  .map(Step::name)
                  .findFirst()
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
    isAskedFor = true;
    return known.orElseGet(
        () ->
            unbuilt(
                builds()
                    .filter(build -> build.name().equals(step))
                    .findFirst()
                    .flatMap(build -> build.params().text(ContainerSpecs.REPOSITORY))
                    .orElse(pipeline.application()),
                "${image:%s}".formatted(step)));
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
            known.filter(_ -> isAskedFor).stream()
                .map("the image is built already, and ran with this commit: %s"::formatted))
        .toList();
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
