package dev.slipway.activities.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ProcessRunnerTest {
  private static final Duration GRACE = Duration.ofMillis(300);

  /** Forks away into a session of its own, twice, and says its number in a file. */
  private static final String DAEMON =
      "setsid sh -c 'sh -c \"echo \\$\\$ > daemon.pid; exec sleep 300\" > /dev/null 2>&1 &' &";

  @TempDir private Path folder;
  private final String store = UUID.randomUUID().toString();
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private ProcessRunner runner;

  @BeforeEach
  void runner() {
    var marker = StepMarker.of(store, "app/1/test/unit/1", "a");
    runner = new ProcessRunner(marker, BaseEnvironment.ofThisProcess(), folder, GRACE, 1 << 20);
  }

  @Test
  void outputAndErrorsArriveLineByLine() throws Exception {
    var exit = run(shell("echo one; echo two >&2; exit 3"));

    assertThat(exit.code()).isEqualTo(3);
    assertThat(exit.isSuccess()).isFalse();
    assertThat(exit.lastLines()).containsExactly("one", "two");
    assertThat(lines).containsExactly("one", "two");
  }

  @Test
  void argumentsAreNotReadByAShell() throws Exception {
    run(Command.of(folder, "printf", "%s\n", "$(touch hacked)", "a b", "`id`;*"));

    assertThat(lines).containsExactly("$(touch hacked)", "a b", "`id`;*");
    assertThat(folder.resolve("hacked")).doesNotExist();
  }

  @Test
  void aProgramSeesTheListedVariablesAndItsOwn() throws Exception {
    run(Command.of(folder, "env").withEnv(Map.of("NODE_ENV", "production")));

    assertThat(lines)
        .contains("NODE_ENV=production", "TMPDIR=" + folder, "PATH=" + System.getenv("PATH"))
        .noneMatch(line -> line.startsWith("SHELL=") || line.startsWith("OLDPWD="));
  }

  @Test
  void thereIsNothingToRead() throws Exception {
    assertThat(run(Command.of(folder, "cat")).code()).isZero();
    assertThat(lines).isEmpty();
  }

  @Test
  void aSignalGivesTheCodeThatShellsGive() throws Exception {
    assertThat(run(shell("kill -9 $$")).code()).isEqualTo(137);
  }

  @Test
  void aLimitStopsAProgramThatIgnoresTheRequest() {
    var command = shell("trap '' TERM; sh -c \"trap '' TERM; while :; do sleep 0.1; done\"");

    assertFails(FailureType.TIMEOUT, () -> run(command.within(Duration.ofMillis(300))))
        .hasMessageContaining("took longer than 0.3s and was stopped");

    assertNothingIsLeft();
  }

  @Test
  void aProgramThatIsAskedMayTidyUp() {
    var command = shell("trap 'echo tidy > tidied; exit 0' TERM; while :; do sleep 0.05; done");

    assertFails(FailureType.TIMEOUT, () -> run(command.within(Duration.ofMillis(300))));

    assertThat(folder.resolve("tidied")).hasContent("tidy");
  }

  @Test
  void anInterruptionEndsTheWholeTree() throws Exception {
    var task = new FutureTask<>(() -> run(shell(DAEMON + " sleep 300 & sleep 300")));
    var thread = Thread.ofVirtual().start(task);
    await().atMost(Duration.ofSeconds(10)).until(() -> Files.exists(folder.resolve("daemon.pid")));

    thread.interrupt();

    assertThatThrownBy(() -> task.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(InterruptedException.class);
    assertNothingIsLeft();
  }

  @Test
  void aDaemonThatASuccessfulCommandLeftIsEnded() throws Exception {
    var exit = run(shell(DAEMON + " while [ ! -s daemon.pid ]; do sleep 0.02; done; echo done"));

    assertThat(exit.code()).isZero();
    assertThat(lines).contains("done");
    assertNothingIsLeft();
    assertDaemonIsGone();
  }

  @Test
  void aFloodOfOutputIsReadInBoundedMemory() throws Exception {
    var before = Runtime.getRuntime().totalMemory();

    var exit =
        run(shell("yes 'a line of output that says nothing' | head -c 300000000; echo; echo end"));

    assertThat(exit.code()).isZero();
    assertThat(exit.lastLines()).endsWith("end");
    assertThat(lines)
        .hasSizeLessThan(50_000)
        .contains("… output cut after 1 MiB; only its end follows");
    assertThat(lines.stream().mapToLong(String::length).sum()).isLessThan(2 << 20);
    assertThat(Runtime.getRuntime().totalMemory() - before).isLessThan(500 << 20);
  }

  @Test
  void aProgramMayCloseItsOutputEarly() throws Exception {
    var exit = run(shell("echo first; exec >&- 2>&-; sleep 0.2; exit 7"));

    assertThat(exit.code()).isEqualTo(7);
    assertThat(lines).containsExactly("first");
  }

  @Test
  void aProgramThatIsNotThereIsSaidSo() {
    assertFails(FailureType.CONFIGURATION, () -> run(Command.of(folder, "pritnf")))
        .hasMessageContaining("`pritnf` was not found");
    assertThatThrownBy(() -> run(Command.of(folder, "pritnf")))
        .extracting(e -> ((StepFailedException) e).failure().advice())
        .asString()
        .contains("Is it installed", "did you mean `printf`?", "PATH was /");
  }

  @Test
  void aCommandLineInOneTextIsExplained() {
    assertThatThrownBy(() -> run(Command.of(folder, "npm run build")))
        .extracting(e -> ((StepFailedException) e).failure().advice())
        .asString()
        .contains("A command is a list");
  }

  @Test
  void aProgramOfTheCommitMustBeExecutable() throws Exception {
    Files.writeString(folder.resolve("tool"), "#!/bin/sh\necho ran\n");

    assertFails(FailureType.CONFIGURATION, () -> run(Command.of(folder, "./tool")))
        .hasMessageContaining("is not executable");

    assertThat(folder.resolve("tool").toFile().setExecutable(true)).isTrue();
    run(Command.of(folder, "./tool"));
    assertThat(lines).containsExactly("ran");
  }

  @Test
  void aMissingInterpreterIsExplained() throws Exception {
    var tool = Files.writeString(folder.resolve("tool"), "#!/no/such/interpreter\n");
    assertThat(tool.toFile().setExecutable(true)).isTrue();

    assertFails(FailureType.CONFIGURATION, () -> run(Command.of(folder, "./tool")))
        .hasMessageContaining("interpreter");
  }

  @Test
  void aDirectoryThatIsNotThereIsSaidSo() {
    assertFails(FailureType.CONFIGURATION, () -> run(Command.of(folder.resolve("nowhere"), "true")))
        .hasMessageContaining("no directory");
  }

  @Test
  void whatNoProgramCanBeGivenIsRefused() {
    assertFails(FailureType.CONFIGURATION, () -> run(Command.of(folder, "echo", "a\0b")));
    assertFails(
        FailureType.CONFIGURATION,
        () -> run(Command.of(folder, "env").withEnv(Map.of("A=B", "c"))));
    assertFails(
        FailureType.CONFIGURATION, () -> run(Command.of(folder, "echo", "x".repeat(3_000_000))));
  }

  @Test
  void dataIsReadApartFromErrors() throws Exception {
    var output = runner.capture(shell("echo data; echo problem >&2"), 1000, lines::add);

    assertThat(output.text()).isEqualTo("data\n");
    assertThat(lines).containsExactly("problem");
  }

  @Test
  void tooMuchDataStopsTheProgram() {
    assertFails(
            FailureType.INFRASTRUCTURE,
            () -> runner.capture(Command.of(folder, "yes"), 1000, lines::add))
        .hasMessageContaining("more than 1000 bytes");
    assertNothingIsLeft();
  }

  @Test
  void aReaderThatFailsStopsTheProgram() {
    assertFails(
            FailureType.INFRASTRUCTURE,
            () ->
                runner.pipe(
                    Command.of(folder, "yes"),
                    output -> {
                      throw new IOException("disk full");
                    },
                    lines::add))
        .hasMessageContaining("disk full");
    assertNothingIsLeft();
  }

  @Test
  void twoProgramsOfAnAttemptDoNotEndEachOther() throws Exception {
    var slow = new FutureTask<>(() -> run(shell("touch slow; sleep 0.7; echo slow")));
    var _ = Thread.ofVirtual().start(slow);
    await().atMost(Duration.ofSeconds(10)).until(() -> Files.exists(folder.resolve("slow")));

    run(shell("echo quick"));

    assertThat(slow.get(10, TimeUnit.SECONDS).code()).isZero();
    assertThat(lines).containsExactly("quick", "slow");
  }

  @Test
  void aNewAttemptEndsWhatTheOldOneLeft() throws Exception {
    var left = leftBehind(WorkerProcess.current());

    assertThat(Leftovers.endOfStep(StepMarker.of(store, "app/1/test/other/1", "b"))).isEmpty();
    assertThat(left.isAlive()).isTrue();
    assertThat(Leftovers.endOfStep(StepMarker.of("another store", "app/1/test/unit/1", "b")))
        .isEmpty();
    assertThat(left.isAlive()).isTrue();

    assertThat(Leftovers.endOfStep(StepMarker.of(store, "app/1/test/unit/1", "b"))).isEmpty();
    assertThat(left.waitFor(1, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aWorkersStartEndsOnlyWhatDeadWorkersLeft() throws Exception {
    var ofLiving = leftBehind(WorkerProcess.current());
    var ofDead = leftBehind(new WorkerProcess(ProcessHandle.current().pid(), 1));
    try {
      assertThat(Leftovers.endOfDeadWorkers(store)).isEmpty();

      assertThat(ofDead.waitFor(1, TimeUnit.SECONDS)).isTrue();
      assertThat(ofLiving.isAlive()).isTrue();
    } finally {
      ofLiving.destroyForcibly().waitFor();
    }
  }

  private Process leftBehind(WorkerProcess worker) throws IOException {
    var builder = new ProcessBuilder("sleep", "300");
    builder
        .environment()
        .putAll(new StepMarker(store, "app/1/test/unit/1", "a", 1, worker).variables());
    return builder.start();
  }

  private ProcessExit run(Command command) throws StepFailedException, InterruptedException {
    return runner.run(command, lines::add);
  }

  private Command shell(String script) {
    return Command.of(folder, "sh", "-c", script);
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertFails(
      FailureType type, ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StepFailedException.class, e -> assertThat(e.failure().type()).isEqualTo(type));
  }

  private void assertNothingIsLeft() {
    assertThat(SystemProcesses.marked(marker -> marker.store().equals(store))).isEmpty();
  }

  private void assertDaemonIsGone() throws IOException {
    var pid = Long.parseLong(Files.readString(folder.resolve("daemon.pid")).strip());
    assertThat(ProcessHandle.of(pid).filter(SystemProcesses::isRunning)).isEmpty();
  }
}
