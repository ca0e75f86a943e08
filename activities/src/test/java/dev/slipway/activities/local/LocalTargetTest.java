package dev.slipway.activities.local;

import dev.slipway.activities.store.Store;
import dev.slipway.activities.target.Target;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract on the real thing: a supervisor, its proxy and processes of Node. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class LocalTargetTest extends TargetContract {
  @TempDir Path folder;
  private LocalWorld world;
  private LocalTarget target;

  @BeforeEach
  void setUp() throws Exception {
    world = new LocalWorld(folder);
    target = world.target();
    TestArtifacts.keepReplica(world.store());
  }

  @AfterEach
  void tearDown() throws Exception {
    world.environments().stop(STAGING);
  }

  @Override
  Target target() {
    return target;
  }

  @Override
  Store store() {
    return world.store();
  }

  @Override
  Path sites() {
    return folder.resolve("sites");
  }
}
