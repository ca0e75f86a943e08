package dev.slipway.activities.docker;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.slipway.action.FailureType;
import dev.slipway.activities.process.WorkerProcess;
import dev.slipway.step.StepFailedException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Containers, networks, volumes and images that attempts of steps make, found again by their labels
 * whoever made them and whatever became of it.
 */
public final class EngineObjects {
  private static final String STORE = "dev.slipway.store";
  private static final String STEP = "dev.slipway.step";
  private static final String HOST = "dev.slipway.host";
  private static final String WORKER = "dev.slipway.worker";

  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final Duration REMOVAL = Duration.ofSeconds(30);
  private static final int ROUNDS = 20;
  private static final Duration BETWEEN = Duration.ofMillis(250);

  private final DockerEngine engine;
  private final Map<String, String> labels;
  private final Predicate<Map<String, String>> fits;

  private EngineObjects(
      DockerEngine engine, Map<String, String> labels, Predicate<Map<String, String>> fits) {
    this.engine = engine;
    this.labels = labels;
    this.fits = fits;
  }

  /** The labels of what an attempt makes; every object must have them all. */
  public static Map<String, String> labels(String store, String step) {
    return Map.of(STORE, store, STEP, step, HOST, host(), WORKER, WorkerProcess.current().text());
  }

  /**
   * Removes what attempts of a step left, by force.
   *
   * @throws StepFailedException INFRASTRUCTURE when the engine does not answer or something stays
   */
  public static void removeOfStep(String store, String step)
      throws StepFailedException, InterruptedException {
    try (var engine = DockerEngine.open(REMOVAL)) {
      new EngineObjects(engine, Map.of(STORE, store, STEP, step), all -> true).remove();
    }
  }

  /**
   * Removes what dead workers of this machine left; for a worker's start. Where no engine answers
   * there is nothing that could be removed.
   */
  public static void removeOfDeadWorkers(String store)
      throws StepFailedException, InterruptedException {
    try (var engine = DockerEngine.open(LOOK)) {
      engine.version();
    } catch (StepFailedException e) {
      return;
    }
    try (var engine = DockerEngine.open(REMOVAL)) {
      new EngineObjects(engine, Map.of(STORE, store, HOST, host()), EngineObjects::isOfDead)
          .remove();
    }
  }

  private static boolean isOfDead(Map<String, String> labels) {
    return WorkerProcess.parse(labels.getOrDefault(WORKER, ""))
        .filter(worker -> !worker.isAlive())
        .isPresent();
  }

  /** What the engine was still making when its client ended appears a moment later. */
  private void remove() throws StepFailedException, InterruptedException {
    var calm = 0;
    for (var round = 0; round < ROUNDS && calm < 2; round++) {
      var left = found();
      for (var object : left) {
        object.remove();
      }
      calm = left.isEmpty() ? calm + 1 : 0;
      Thread.sleep(BETWEEN);
    }
    var left = found().stream().map(Found::name).toList();
    if (!left.isEmpty()) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "the engine still has %s of an earlier attempt".formatted(String.join(", ", left)),
          "Remove them there: they have the label %s.".formatted(STORE));
    }
  }

  private interface Removal {
    void now();
  }

  private record Found(String name, DockerEngine engine, Removal removal) {
    void remove() throws StepFailedException, InterruptedException {
      engine.<@Nullable Void>call(
          () -> {
            try {
              removal.now();
            } catch (NotFoundException | ConflictException e) {
              // It is gone, or goes; or what uses it goes first. The next look tells.
            }
            return null;
          });
    }
  }

  private List<Found> found() throws StepFailedException, InterruptedException {
    var client = engine.client();
    var filters =
        labels.entrySet().stream().map(label -> label.getKey() + "=" + label.getValue()).toList();
    return engine.call(
        () -> {
          var all = new ArrayList<Found>();
          for (var container :
              client.listContainersCmd().withShowAll(true).withLabelFilter(labels).exec()) {
            add(
                all,
                container.getLabels(),
                "container " + container.getId(),
                () ->
                    client
                        .removeContainerCmd(container.getId())
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec());
          }
          for (var network : client.listNetworksCmd().withFilter("label", filters).exec()) {
            add(
                all,
                network.getLabels(),
                "network " + network.getName(),
                () -> client.removeNetworkCmd(network.getId()).exec());
          }
          var volumes = client.listVolumesCmd().withFilter("label", filters).exec().getVolumes();
          for (var volume :
              volumes == null
                  ? List.<com.github.dockerjava.api.command.InspectVolumeResponse>of()
                  : volumes) {
            add(
                all,
                volume.getLabels(),
                "volume " + volume.getName(),
                () -> client.removeVolumeCmd(volume.getName()).exec());
          }
          for (var image : client.listImagesCmd().withLabelFilter(labels).exec()) {
            add(
                all,
                image.getLabels(),
                "image " + image.getId(),
                () -> client.removeImageCmd(image.getId()).withForce(true).exec());
          }
          return all;
        });
  }

  private void add(
      List<Found> all, @Nullable Map<String, String> found, String name, Removal removal) {
    if (found != null && fits.test(found)) {
      all.add(new Found(name, engine, removal));
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
