package dev.slipway.run;

import dev.slipway.artifact.ArtifactRef;
import dev.slipway.pipeline.Reference;
import dev.slipway.step.StepOutcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What the references of a pipeline file stand for, as far as the run knows it by now. */
final class RunReferences {
  private final RunBoard board;

  RunReferences(RunBoard board) {
    this.board = board;
  }

  /** What the steps have kept so far, each under its last name. */
  List<ArtifactRef> artifacts() {
    Map<String, ArtifactRef> kept = new LinkedHashMap<>();
    for (var each : board.stages()) {
      for (var outcome : each.outcomes().values()) {
        outcome.artifacts().forEach(artifact -> kept.put(artifact.name(), artifact));
      }
    }
    return List.copyOf(kept.values());
  }

  /** What a reference stands for, if the run knows it. */
  Optional<String> value(Reference reference) {
    return switch (reference) {
      case Reference.CommitSha() -> Optional.of(board.source().commit());
      case Reference.RunNumber() -> Optional.of(Long.toString(board.id().number()));
      case Reference.Artifact(var name) ->
          artifacts().stream()
              .filter(artifact -> artifact.name().equals(name))
              .map(artifact -> artifact.digest().text())
              .findFirst();
      case Reference.Output(var step, var key) -> output(step, key);
      case Reference.Image(var step) -> output(step, "image");
      case Reference.DockerImage() -> onlyImage();
      case Reference.Secret _, Reference.EnvironmentUrl _, Reference.EnvironmentName _ ->
          Optional.empty();
    };
  }

  private Optional<String> output(String step, String key) {
    return board.stages().stream()
        .map(each -> each.outcome(step))
        .flatMap(Optional::stream)
        .map(outcome -> outcome.outputs().get(key))
        .filter(Objects::nonNull)
        .findFirst();
  }

  private Optional<String> onlyImage() {
    var images =
        board.stages().stream()
            .flatMap(each -> each.outcomes().values().stream())
            .map(StepOutcome::outputs)
            .map(outputs -> outputs.get("image"))
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    return images.size() == 1 ? Optional.of(images.getFirst()) : Optional.empty();
  }
}
