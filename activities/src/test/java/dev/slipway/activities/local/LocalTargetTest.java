package dev.slipway.activities.local;

import dev.slipway.activities.store.Store;
import dev.slipway.activities.target.Target;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract on the real thing: a supervisor, its proxy and processes of Node. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the tests
class LocalTargetTest extends TargetContract {
  @TempDir static Path folder;
  private static LocalWorld world;

  @BeforeAll
  static void setUp() throws Exception {
    world = new LocalWorld(folder);
    TestArtifacts.keepReplica(world.store());
  }

  @AfterAll
  static void tearDown() throws Exception {
    world.environments().stop(STAGING);
  }

  @Override
  Target target() {
    return world.target();
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
