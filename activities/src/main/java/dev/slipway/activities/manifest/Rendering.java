package dev.slipway.activities.manifest;

import dev.slipway.action.FailureType;
import dev.slipway.activities.manifest.ManifestObject.Container;
import dev.slipway.activities.step.StepContext;
import dev.slipway.artifact.Digest;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What a commit's manifests say about a release.
 *
 * @param objects the blob that holds all of them
 * @param deployment the one that runs the image
 * @param container of that Deployment
 * @param replicas as the Deployment asks for; empty when it does not
 */
public record Rendering(
    Digest objects, String deployment, String container, Optional<Integer> replicas) {

  /**
   * Renders, judges and keeps them, and says in the log what will be applied.
   *
   * @param path in the commit
   * @param deployment as the step names it; empty to find the one that runs such an image
   * @param container as the step names it; empty for the only one, or the one of such an image
   * @throws StepFailedException CONFIGURATION when they can't be rendered or may not be applied
   */
  public static Rendering of(
      StepContext step,
      String path,
      String namespace,
      Optional<String> deployment,
      Optional<String> container,
      String image)
      throws StepFailedException, InterruptedException {
    var application = step.request().key().application();
    var nodes = new ManifestSources(step).read(path, application, namespace);
    var manifests = ManifestRules.judged(nodes, namespace);
    var chosen = deployment(manifests, deployment, image);
    var runs = container(chosen, container, image);
    try {
      var kept = manifests.keep(step.store());
      step.log()
          .line(
              "%d objects of `%s` will be applied (%s): %s; %s gets the image"
                  .formatted(
                      manifests.objects().size(),
                      path,
                      kept,
                      String.join(
                          ", ", manifests.objects().stream().map(ManifestObject::key).toList()),
                      chosen.key()));
      return new Rendering(kept, chosen.name(), runs.name(), chosen.replicas());
    } catch (IOException e) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "the manifests can't be kept: " + e.getMessage(),
          "Is there room where the store is?",
          e);
    }
  }

  static ManifestObject deployment(Manifests manifests, Optional<String> name, String image)
      throws StepFailedException {
    var all =
        manifests.objects().stream()
            .filter(object -> object.kind() == ManifestKind.DEPLOYMENT)
            .toList();
    if (name.isPresent()) {
      return manifests
          .find(ManifestKind.DEPLOYMENT, name.get())
          .orElseThrow(() -> wrong("there is no Deployment " + name.get(), all));
    }
    if (all.size() == 1) {
      return all.getFirst();
    }
    var same =
        all.stream()
            .filter(one -> one.containers().stream().anyMatch(c -> isOf(c, image)))
            .toList();
    if (same.size() != 1) {
      throw wrong("which Deployment runs %s is not known".formatted(repository(image)), all);
    }
    return same.getFirst();
  }

  static Container container(ManifestObject deployment, Optional<String> name, String image)
      throws StepFailedException {
    var all = deployment.containers();
    var fitting =
        name.isPresent()
            ? all.stream().filter(c -> c.name().equals(name.get())).toList()
            : all.size() == 1 ? all : all.stream().filter(c -> isOf(c, image)).toList();
    if (fitting.size() != 1) {
      throw ManifestRules.refused(
          "%s has the containers %s, and which of them runs the application is not known"
              .formatted(deployment.key(), all.stream().map(Container::name).toList()),
          "Name the application's one in the step's `container`.");
    }
    return fitting.getFirst();
  }

  private static StepFailedException wrong(String why, List<ManifestObject> all) {
    return ManifestRules.refused(
        "%s among %s".formatted(why, all.stream().map(ManifestObject::key).toList()),
        "Name the one that runs the image in the step's `deployment`.");
  }

  private static boolean isOf(Container container, String image) {
    return repository(container.image()).equals(repository(image));
  }

  /** Registry and name, without tag and digest. */
  private static String repository(String image) {
    var at = image.indexOf('@');
    var named = at < 0 ? image : image.substring(0, at);
    var colon = named.lastIndexOf(':');
    return colon > named.lastIndexOf('/') ? named.substring(0, colon) : named;
  }
}
