package dev.slipway.activities.local;

import static dev.slipway.activities.local.TargetContract.STAGING;
import static dev.slipway.activities.local.TargetContract.crash;
import static dev.slipway.activities.local.TargetContract.get;
import static dev.slipway.activities.local.TargetContract.release;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.activities.local.protocol.LocalStatus.ReplicaStatus;
import dev.slipway.activities.step.StepLog;
import dev.slipway.activities.target.Target.RolloutSettings;
import dev.slipway.environment.LocalDeployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the local target promises beyond the contract: its processes and its files. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class SupervisorTest {
  private static final StepLog LOG = Quiet.LOG;

  @TempDir Path temp;
  private Path folder;
  private LocalWorld world;

  @BeforeEach
  void setUp() throws Exception {
    // Longer than the address of a Unix socket may be.
    folder = temp.resolve("a-home-with-a-long-name".repeat(5));
    world = new LocalWorld(folder);
    TestArtifacts.keepReplica(world.store());
  }

  @AfterEach
  void tearDown() throws Exception {
    world.environments().stop(STAGING);
  }

  @Test
  void aKilledSupervisorIsReplacedAndItsReplicasGoOn() throws Exception {
    apply(release(1), 3);
    var url = world.target().url(STAGING);
    var before = replicas();
    var killed = world.supervisor(STAGING);
    killed.destroyForcibly();
    await().until(() -> !killed.isAlive());

    assertThat(world.target().running(STAGING)).contains(release(1));

    assertThat(world.target().url(STAGING)).isEqualTo(url);
    assertThat(pids(replicas())).isEqualTo(pids(before));
    assertThat(get(url.resolve("/")).body()).isEqualTo("hello from release 1");
    assertThat(world.status(STAGING).token()).isEqualTo(3);
  }

  @Test
  void whatDiedWithTheSupervisorIsStartedAgain() throws Exception {
    apply(release(1), 1);
    var before = replicas();
    var killed = world.supervisor(STAGING);
    var dead = ProcessHandle.of(before.getFirst().pid()).orElseThrow();
    killed.destroyForcibly();
    await().until(() -> !killed.isAlive());
    dead.destroyForcibly();
    await().until(() -> !dead.isAlive());

    apply(release(1), 2);

    assertThat(replicas()).hasSize(2).allMatch(r -> r.state().equals("healthy"));
    assertThat(replicas().getFirst().restarts()).isEqualTo(1);
    assertThat(replicas().getLast().pid()).isEqualTo(before.getLast().pid());
  }

  @Test
  void aCrashedReplicaIsStartedAgainAndCounted() throws Exception {
    apply(release(1), 1);
    var url = world.target().url(STAGING);

    crash(url);

    assertThat(get(url.resolve("/")).statusCode()).isEqualTo(200);
    await()
        .until(
            () ->
                replicas().stream().mapToInt(ReplicaStatus::restarts).sum() == 1
                    && replicas().stream().allMatch(r -> r.state().equals("healthy")));
  }

  @Test
  void aReplicaThatTurnsUnhealthyGetsNoTrafficWhileAnotherIsHealthy() throws Exception {
    var sick = folder.resolve("sick");
    apply(release(1, 1, Map.of("SICK_WHEN", sick.toString())), 1);
    var url = world.target().url(STAGING);
    Files.createFile(sick);
    await().until(() -> replicas().getFirst().state().equals("unhealthy"));

    assertThat(get(url.resolve("/")).statusCode()).isEqualTo(200);
    apply(release(2, 1, Map.of()), 2);

    assertThat(get(url.resolve("/")).body()).isEqualTo("hello from release 2");
    assertThat(world.status(STAGING).traffic().failures()).isZero();
  }

  @Test
  void aReplicaThatIgnoresItsEndIsEndedAnyway() throws Exception {
    apply(release(1, 1, Map.of("MODE", "deaf")), 1);
    var deaf = ProcessHandle.of(replicas().getFirst().pid()).orElseThrow();
    await().until(() -> deaf.children().findAny().isPresent());
    var child = deaf.children().findFirst().orElseThrow();

    apply(release(2, 1, Map.of()), 2);

    assertThat(deaf.isAlive()).isFalse();
    await().until(() -> !child.isAlive());
  }

  @Test
  void stoppingAnEnvironmentLeavesNoProcess() throws Exception {
    apply(release(1), 4);
    var supervisor = world.supervisor(STAGING);
    var processes = replicas().stream().map(r -> ProcessHandle.of(r.pid()).orElseThrow()).toList();

    world.environments().stop(STAGING);

    assertThat(processes).noneMatch(ProcessHandle::isAlive);
    assertThat(supervisor.isAlive()).isFalse();
    assertThat(world.environments().status(STAGING)).isEmpty();
    assertThat(world.environments().list()).containsExactly(STAGING);
    assertThat(world.target().running(STAGING)).isEmpty();
    assertThat(world.status(STAGING).token()).isEqualTo(4);
  }

  @Test
  void whatAKilledSupervisorLeftIsStoppedToo() throws Exception {
    apply(release(1), 4);
    var processes = replicas().stream().map(r -> ProcessHandle.of(r.pid()).orElseThrow()).toList();
    var killed = world.supervisor(STAGING);
    killed.destroyForcibly();
    await().until(() -> !killed.isAlive());

    world.environments().stop(STAGING);

    await().until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(world.environments().status(STAGING)).isEmpty();
    assertThat(world.target().running(STAGING)).isEmpty();
  }

  @Test
  void aRolloutWhoseWorkerDiesStopsOnHealthyReplicasAndTheNextConverges() throws Exception {
    apply(release(1, 3, Map.of()), 1);
    var url = world.target().url(STAGING);
    var traffic = Traffic.of(4, url);
    try {
      var worker = WorkerProcess.rollOut(folder, release(2, 3, Map.of()), 2);
      await().until(() -> replicas().stream().anyMatch(r -> r.release() == 2));
      worker.destroyForcibly();
      await().until(() -> !worker.isAlive());

      apply(release(2, 3, Map.of()), 3);
    } finally {
      traffic.end();
    }

    assertThat(traffic.failures()).isEmpty();
    assertThat(replicas()).hasSize(3).allMatch(r -> r.release() == 2);
  }

  @Test
  void secretVariablesReachReplicasAndNothingElse() throws Exception {
    var secret = "swordfish-4711";
    world.secrets().put("DATABASE_URL", secret);
    apply(release(1, 1, Map.of("GREETING", "hello")), 1);

    var environment = get(world.target().url(STAGING).resolve("/environment")).body();

    assertThat(environment)
        .contains("\"DATABASE_URL\":\"" + secret + "\"")
        .contains("\"GREETING\":\"hello\"")
        .contains("\"SLIPWAY_RELEASE\":\"1\"")
        .contains("\"SLIPWAY_ENVIRONMENT\":\"staging\"")
        .doesNotContain("JAVA_HOME");
    assertThat(filesWith(secret)).containsExactly(world.folder(STAGING).variables());
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(world.folder(STAGING).variables())))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(world.folder(STAGING).path())))
        .isEqualTo("rwx------");
    assertThat(ProcessHandle.allProcesses())
        .noneMatch(process -> process.info().commandLine().orElse("").contains(secret));
  }

  @Test
  void aNewSecretReplacesReplicas() throws Exception {
    world.secrets().put("TOKEN", "first-one");
    apply(release(1), 1);
    world.secrets().put("TOKEN", "second-one");

    apply(release(1), 2);

    assertThat(get(world.target().url(STAGING).resolve("/environment")).body())
        .contains("second-one");
  }

  @Test
  void replicasLearnWhoAsks() throws Exception {
    apply(release(1, 1, Map.of()), 1);
    var url = world.target().url(STAGING);

    assertThat(get(url.resolve("/headers")).body())
        .contains("\"x-forwarded-for\":\"127.0.0.1\"")
        .contains("\"x-forwarded-proto\":\"http\"")
        .contains("\"host\":\"127.0.0.1:" + url.getPort() + "\"");
  }

  private void apply(LocalDeployment wanted, long token) throws Exception {
    world.target().apply(STAGING, wanted, RolloutSettings.DEFAULT, token, LOG);
  }

  private List<ReplicaStatus> replicas() throws Exception {
    return world.status(STAGING).replicas();
  }

  private static List<Long> pids(List<ReplicaStatus> replicas) {
    return replicas.stream().map(ReplicaStatus::pid).toList();
  }

  private List<Path> filesWith(String text) throws Exception {
    try (Stream<Path> files = Files.walk(world.folder(STAGING).path())) {
      return files
          .filter(Files::isRegularFile)
          .filter(
              file -> {
                try {
                  return Files.readString(file).contains(text);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .toList();
    }
  }
}
