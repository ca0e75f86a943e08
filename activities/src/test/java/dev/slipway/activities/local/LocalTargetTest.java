package dev.slipway.activities.local;

import dev.slipway.activities.home.Home;
import dev.slipway.activities.local.protocol.Limits;
import dev.slipway.activities.store.Store;
import dev.slipway.activities.target.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
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
  private final MemoryStore store = new MemoryStore();

  @SuppressWarnings("NullAway.Init") // JUnit sets it before each test
  private LocalTarget target;

  @BeforeEach
  void setUp() {
    target =
        new LocalTarget(
            Home.at(folder),
            store,
            (artifact, to) -> unpack(to),
            (environment, deployment) -> variables,
            LIMITS);
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

  static void unpack(Path to) {
    try (var program = LocalTargetTest.class.getResourceAsStream("/replica/server.js")) {
      Files.createDirectories(to);
      Files.copy(Objects.requireNonNull(program), to.resolve("server.js"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
