package dev.slipway.activities.local;

import dev.slipway.activities.home.Home;
import dev.slipway.activities.local.protocol.Limits;
import dev.slipway.activities.store.FolderStore;
import dev.slipway.activities.store.Store;
import dev.slipway.activities.target.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract on the real thing: a supervisor, its proxy and processes of Node. */
class LocalTargetTest extends TargetContract {
  private static final Limits LIMITS =
      new Limits(
          Duration.ofSeconds(3),
          Duration.ofSeconds(5),
          Duration.ofSeconds(3),
          Duration.ofSeconds(1));

  @SuppressWarnings("NullAway.Init") // JUnit sets it before each test
  @TempDir
  Path folder;

  final Map<String, String> variables = new HashMap<>();

  @SuppressWarnings("NullAway.Init") // JUnit sets it before each test
  private Store store;

  @SuppressWarnings("NullAway.Init") // JUnit sets it before each test
  private LocalTarget target;

  @BeforeEach
  void setUp() throws Exception {
    store = FolderStore.open(folder.resolve("store"));
    target =
        new LocalTarget(Home.at(folder), store, (environment, deployment) -> variables, LIMITS);
  }

  @AfterEach
  void tearDown() throws Exception {
    new LocalEnvironments(Home.at(folder)).stop(STAGING);
  }

  @Override
  Target target() {
    return target;
  }

  @Override
  Store store() {
    return store;
  }
}
