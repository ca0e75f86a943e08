package dev.slipway.activities.kubernetes;

import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the container of a Deployment that runs the application. */
final class Containers {
  private Containers() {}

  /**
   * The one of this name; without one the only one, or the only one that runs such an image.
   *
   * @param image whose repository tells containers apart; null when none is wanted
   */
  static Container of(Deployment deployment, @Nullable String name, @Nullable String image)
      throws StepFailedException {
    var all = deployment.getSpec().getTemplate().getSpec().getContainers();
    var names = all.stream().map(Container::getName).toList();
    if (name != null) {
      return named(all, name)
          .orElseThrow(
              () ->
                  wrong(
                      deployment,
                      "has no container %s, only %s".formatted(name, String.join(", ", names))));
    }
    if (all.size() == 1) {
      return all.getFirst();
    }
    var same =
        image == null
            ? List.<Container>of()
            : all.stream()
                .filter(c -> Images.repository(c.getImage()).equals(Images.repository(image)))
                .toList();
    if (same.size() != 1) {
      throw wrong(
          deployment,
          "has the containers %s, and which of them runs the application is not known"
              .formatted(String.join(", ", names)));
    }
    return same.getFirst();
  }

  static Optional<Container> named(List<Container> containers, String name) {
    return containers.stream().filter(c -> name.equals(c.getName())).findFirst();
  }

  private static StepFailedException wrong(Deployment deployment, String what) {
    return new StepFailedException(
        FailureType.CONFIGURATION,
        "Deployment %s in namespace %s %s"
            .formatted(
                deployment.getMetadata().getName(), deployment.getMetadata().getNamespace(), what),
        "Name the application's one in the step's `container`.");
  }
}
