package dev.slipway.activities.local;

import dev.slipway.activities.home.Home;
import dev.slipway.activities.local.protocol.EnvironmentFolder;
import dev.slipway.activities.local.protocol.Limits;
import dev.slipway.activities.local.protocol.LocalStatus;
import dev.slipway.activities.store.FolderStore;
import dev.slipway.environment.EnvironmentId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;

/** A home with a store and the local target, with the patience of a test. */
public final class LocalWorld {
  static {
    // A busy machine starts a process in seconds, and three of them in more.
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
  }

  private static final Limits LIMITS =
      new Limits(
          Duration.ofSeconds(8),
          Duration.ofSeconds(5),
          Duration.ofSeconds(3),
          Duration.ofSeconds(2));

  private final Home home;
  private final FolderStore store;
  private final Map<String, String> secrets = new HashMap<>();

  public LocalWorld(Path folder) throws IOException {
    this(Home.at(folder));
  }

  public LocalWorld(Home home) throws IOException {
    this.home = home;
    this.store = FolderStore.open(home.store());
  }

  public FolderStore store() {
    return store;
  }

  /** Variables that the platform gives each replica. */
  public Map<String, String> secrets() {
    return secrets;
  }

  /** The target as another worker process would make it. */
  public LocalTarget target() {
    return new LocalTarget(home, store, (environment, deployment) -> secrets, LIMITS);
  }

  public LocalEnvironments environments() {
    return new LocalEnvironments(home);
  }

  LocalStatus status(EnvironmentId environment) throws Exception {
    return environments().status(environment).orElseThrow();
  }

  public EnvironmentFolder folder(EnvironmentId environment) {
    return EnvironmentFolder.of(home.target(), environment);
  }

  ProcessHandle supervisor(EnvironmentId environment) {
    return ProcessHandle.of(folder(environment).endpoint().orElseThrow().pid()).orElseThrow();
  }
}
