package dev.slipway.activities.npm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.action.FailureType;
import dev.slipway.activities.home.Home;
import dev.slipway.activities.step.TestStep;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With the machine's own npm. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DependencyCacheTest {
  private static final String FROM_CACHE = "dependencies come from the cache (node 1)";
  private static final String INSTALLS = "installing dependencies";

  @TempDir private Path folder;
  private TinyRegistry registry;
  private DependencyCache cache;

  @BeforeEach
  void registry() throws IOException {
    registry = new TinyRegistry();
    cache = new DependencyCache(Home.at(folder.resolve("home")));
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void theSameDependenciesAreInstalledOnce() throws Exception {
    var first = provide("first");
    var second = provide("second");

    assertThat(first.lines()).contains(INSTALLS);
    assertThat(second.lines()).containsExactly(FROM_CACHE);
    assertThat(index(second)).hasContent(TinyRegistry.INDEX);
    assertThat(second.directory().resolve("node_modules/.package-lock.json")).exists();
  }

  @Test
  void ofTwoStepsAtOnceOneInstallsAndOneWaits() throws Exception {
    var tasks =
        Stream.of("first", "second").map(name -> new FutureTask<>(() -> provide(name))).toList();
    tasks.forEach(Thread.ofVirtual()::start);

    var lines = tasks.get(0).get().lines();
    var all = Stream.concat(lines.stream(), tasks.get(1).get().lines().stream()).toList();

    assertThat(all).containsOnlyOnce(INSTALLS).containsOnlyOnce(FROM_CACHE);
  }

  @Test
  void aBuildThatWritesIntoItsDependenciesIsFoundOutAndThenKeptApart() throws Exception {
    spoil(provide("first"));

    var second = provide("second");
    assertThat(second.lines())
        .contains("a build changed the cached dependencies: they are installed anew");
    assertThat(index(second)).hasContent(TinyRegistry.INDEX);
    spoil(second);

    var third = provide("third");
    assertThat(third.lines()).containsExactly(FROM_CACHE);
    assertThat(index(third)).hasContent(TinyRegistry.INDEX);
  }

  @Test
  void whatAKilledWorkerLeftIsInstalledAnew() throws Exception {
    provide("first");
    Files.delete(entry().resolve("complete"));
    Files.delete(entry().resolve("node_modules/tiny/index.js"));
    var unfinished = entry().resolveSibling(entry().getFileName() + ".unfinished-1");
    Files.createDirectories(unfinished.resolve("node_modules"));

    var second = provide("second");

    assertThat(second.lines()).contains(INSTALLS);
    assertThat(index(second)).hasContent(TinyRegistry.INDEX);
    assertThat(unfinished).doesNotExist();
  }

  @Test
  void waitingForAnotherStepHasALimit() throws Exception {
    var file = folder.resolve("lock");

    try (var _ = KeyLock.acquire(file, Duration.ofSeconds(1))) {
      var other = new FutureTask<>(() -> KeyLock.acquire(file, Duration.ofMillis(50)));
      Thread.ofVirtual().start(other);
      assertThatThrownBy(other::get)
          .cause()
          .isInstanceOfSatisfying(
              StepFailedException.class,
              e -> assertThat(e.failure().type()).isEqualTo(FailureType.INFRASTRUCTURE));
    }
    KeyLock.acquire(file, Duration.ofMillis(50)).close();
  }

  private TestStep provide(String name) throws Exception {
    var step = TestStep.of(folder.resolve(name), "{}");
    registry.writeProject(step, folder.resolve("npm-cache"));
    cache.provide(step, NpmProject.read(step.directory()), "node 1");
    return step;
  }

  /** Writes in place, as a tool does that patches its dependencies. */
  private static void spoil(TestStep step) throws IOException {
    Files.writeString(index(step), "module.exports = 'spoilt'\n");
  }

  private static Path index(TestStep step) {
    return step.directory().resolve("node_modules/tiny/index.js");
  }

  private Path entry() throws IOException {
    try (var entries = Files.list(folder.resolve("home/cache/npm"))) {
      List<Path> folders =
          entries.filter(path -> path.getFileName().toString().matches("[0-9a-f]{32}")).toList();
      return folders.getFirst();
    }
  }
}
