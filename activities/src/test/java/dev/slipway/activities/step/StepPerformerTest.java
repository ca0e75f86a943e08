package dev.slipway.activities.step;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import dev.slipway.action.FailureType;
import dev.slipway.activities.process.Command;
import dev.slipway.environment.EnvironmentState;
import dev.slipway.evidence.TestResult;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.step.EnvironmentGrant;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepKey;
import dev.slipway.step.StepOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class StepPerformerTest {
  @TempDir private Path folder;
  private ActionTestKit kit;

  @BeforeEach
  void kit() {
    kit = ActionTestKit.in(folder);
  }

  @Test
  void anAttemptWorksInAWorkspaceOfItsOwn() throws Exception {
    var seen = new AtomicReference<Path>();
    var outcome =
        kit.file("src/main.js", "code")
            .directory("src")
            .perform(
                FakeAction.of(
                    step -> {
                      seen.set(step.directory());
                      assertThat(step.directory().resolve("main.js")).hasContent("code");
                      assertThat(step.temp()).isEmptyDirectory();
                      step.log().line("working");
                      return StepOutcome.of("worked");
                    }));

    assertThat(outcome.summary()).isEqualTo("worked");
    assertThat(seen.get()).doesNotExist();
    assertThat(kit.home().work()).isEmptyDirectory();
    assertThat(kit.log()).contains("fake app/1/test/unit/1 on ", "working\n", ": worked\n");
  }

  @Test
  void theWholeLogIsKeptWithTheOutcome() throws Exception {
    var outcome = kit.perform(FakeAction.of(step -> StepOutcome.of("worked")));

    try (var log = kit.store().open(Objects.requireNonNull(outcome.log()))) {
      assertThat(new String(log.readAllBytes(), UTF_8))
          .matches("(?s)\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z fake .*worked\n");
    }
  }

  @Test
  void aStepThatIsDoneIsNotDoneAgain() throws Exception {
    var times = new AtomicInteger();
    var action = FakeAction.of(step -> StepOutcome.of("time " + times.incrementAndGet()));

    var first = kit.perform(action);
    var second = kit.perform(action);

    assertThat(second).isEqualTo(first);
    assertThat(times).hasValue(1);
    assertThat(kit.nextRound().perform(action).summary()).isEqualTo("time 2");
  }

  @Test
  void aFailureShowsTheEndOfTheLog() throws Exception {
    var failure =
        kit.failure(
            FakeAction.of(
                step -> {
                  for (var i = 1; i <= 100; i++) {
                    step.log().line("line " + i);
                  }
                  throw new StepFailedException(FailureType.TESTS_FAILED, "3 failed", "mend them");
                }));

    assertThat(failure.type()).isEqualTo(FailureType.TESTS_FAILED);
    assertThat(failure.lastLines()).hasSize(20).startsWith("line 81").endsWith("line 100");
    assertThat(failure.log()).isNotNull();
    assertThat(kit.log()).contains("failed (TESTS_FAILED): 3 failed\n", "mend them\n");
  }

  @Test
  void aFailedStepMayBeTriedAgain() throws Exception {
    kit.failure(
        FakeAction.of(
            step -> {
              throw new StepFailedException(FailureType.TRANSIENT, "no answer", "wait");
            }));

    assertThat(kit.perform(FakeAction.of(step -> StepOutcome.of("worked"))).summary())
        .isEqualTo("worked");
  }

  @Test
  void theLogOfALostAttemptStaysAndTheNextOneSaysThatItBeginsAgain() throws Exception {
    try (var lost = kit.store().appendLog("logs/app/1/test/unit/1.log")) {
      lost.append("half of the work\n".getBytes(UTF_8));
    }

    kit.perform(
        FakeAction.of(
            step -> {
              step.log().line("all of the work");
              return StepOutcome.of("done");
            }));

    assertThat(kit.log())
        .containsSubsequence("half of the work", "beginning again", "all of the work");
  }

  @Test
  void anAttemptAfterALostOneIsNotSureThatNothingWasChanged() throws Exception {
    var refuses =
        FakeAction.of(
            step -> {
              throw new StepFailedException(FailureType.CONFLICT, "taken", "wait")
                  .beforeAnyChange();
            });

    assertThat(kit.failure(refuses).changedNothing()).isTrue();
    assertThat(kit.failure(refuses).changedNothing()).isFalse();
  }

  @Test
  void aDefectOfAnActionIsAFailureOfTheMachine() throws Exception {
    var failure =
        kit.failure(
            FakeAction.of(
                step -> {
                  throw new IllegalStateException("oops");
                }));

    assertThat(failure.type()).isEqualTo(FailureType.INFRASTRUCTURE);
    assertThat(failure.happened()).contains("oops").doesNotContain("at dev.slipway");
    assertThat(kit.log()).contains("at dev.slipway.activities.step.StepPerformerTest");
  }

  @Test
  void anAttemptPastItsTimeIsStopped() throws Exception {
    var failure =
        kit.timeout(Duration.ofMillis(300))
            .failure(
                FakeAction.of(
                    step -> {
                      step.processes()
                          .run(
                              Command.of(step.directory(), "sh", "-c", "sleep 300 & sleep 300"),
                              step.log()::line);
                      return StepOutcome.of("never");
                    }));

    assertThat(failure.type()).isEqualTo(FailureType.TIMEOUT);
    assertThat(failure.happened()).isEqualTo("took longer than 0.3s and was stopped");
  }

  @Test
  void theWaitEndsOnlyWhenTheActionHasStopped() throws Exception {
    var stopped = new AtomicInteger();

    kit.timeout(Duration.ofMillis(100))
        .failure(
            FakeAction.of(
                step -> {
                  try {
                    TimeUnit.MINUTES.sleep(5);
                  } catch (InterruptedException e) {
                    TimeUnit.MILLISECONDS.sleep(400);
                    stopped.set(1);
                    throw e;
                  }
                  return StepOutcome.of("never");
                }));

    assertThat(stopped).hasValue(1);
  }

  @Test
  void whatWasCompletedInTheLastMomentCounts() throws Exception {
    var outcome =
        kit.timeout(Duration.ofMillis(100))
            .perform(
                FakeAction.of(
                    step -> {
                      try {
                        TimeUnit.MINUTES.sleep(5);
                      } catch (InterruptedException e) {
                        return StepOutcome.of("done");
                      }
                      return StepOutcome.of("never");
                    }));

    assertThat(outcome.summary()).isEqualTo("done");
  }

  @Test
  void aLostRunStopsTheAction() {
    var stopped = new AtomicInteger();
    var action = sleeping(stopped);

    assertThatThrownBy(
            () ->
                kit.performer()
                    .perform(
                        action,
                        kit.request(),
                        (progress, elapsed) -> {
                          throw new IllegalStateException("cancelled");
                        }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("cancelled");
    assertThat(stopped).hasValue(1);
    assertThat(kit.log()).contains("stopping: it was cancelled");
  }

  @Test
  void aStoppingWorkerStopsTheAction() throws Exception {
    var stopped = new AtomicInteger();
    var started = new AtomicInteger();
    var task =
        new FutureTask<>(
            () ->
                kit.perform(
                    FakeAction.of(
                        step -> {
                          started.set(1);
                          return sleeping(stopped).perform(step);
                        })));
    var thread = Thread.ofVirtual().start(task);
    await().atMost(Duration.ofSeconds(10)).untilAtomic(started, is(1));

    thread.interrupt();

    assertThatThrownBy(() -> task.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(stopped).hasValue(1);
  }

  @Test
  void aNewAttemptStopsAnOlderOneInTheSameWorker() throws Exception {
    var stopped = new AtomicInteger();
    var performer = kit.performer();
    var request = kit.request();
    var older = new FutureTask<>(() -> performer.perform(sleeping(stopped), request, Pulse.SILENT));
    Thread.ofVirtual().start(older);
    await().atMost(Duration.ofSeconds(10)).until(() -> kit.log().contains("fake app"));

    var outcome =
        performer.perform(
            FakeAction.of(step -> StepOutcome.of("stopped before: " + stopped.get())),
            request,
            Pulse.SILENT);

    assertThat(outcome.summary()).isEqualTo("stopped before: 1");
  }

  @Test
  void progressReachesWhoeverWaits() throws Exception {
    var seen = new AtomicReference<>("");

    kit.performer()
        .perform(
            FakeAction.of(
                step -> {
                  step.log().progress("half way");
                  step.log().line("detail");
                  await().atMost(Duration.ofSeconds(10)).until(() -> !seen.get().isEmpty());
                  return StepOutcome.of("done");
                }),
            kit.request(),
            (progress, elapsed) -> seen.set(progress));

    assertThat(seen.get()).isEqualTo("half way");
  }

  @Test
  void secretsAreNowhereToBeRead() throws Exception {
    var base64 = Base64.getEncoder().withoutPadding().encodeToString("s3cr3t!!".getBytes(UTF_8));
    kit.workerEnv("SLIPWAY_SECRET_TOKEN", "s3cr3t!!").params("{'token': 'x-${secret:TOKEN}'}");

    var outcome =
        kit.env("TOKEN", "${secret:TOKEN}")
            .perform(
                FakeAction.of(
                    step -> {
                      var token = step.params().required("token");
                      assertThat(token).isEqualTo("x-s3cr3t!!");
                      assertThat(step.env()).containsEntry("TOKEN", "s3cr3t!!");
                      step.log().line("token " + token + " " + base64);
                      step.log().line("in \u001b[31ms3cr\u001b[1m3t!!\u001b[0m colour");
                      return StepOutcome.of("used " + token)
                          .withOutputs(Map.of("token", token))
                          .withEvidence(List.of(tests(token)));
                    }));

    assertThat(kit.log()).contains("token x-*** ***\n", "in *** colour").doesNotContain("s3cr3t");
    assertThat(outcome.toString()).contains("used x-***").doesNotContain("s3cr3t");
    var failure =
        kit.nextRound()
            .failure(
                FakeAction.of(
                    step -> {
                      throw new StepFailedException(
                          FailureType.TESTS_FAILED, "with " + step.params().required("token"), "");
                    }));
    assertThat(failure.happened()).isEqualTo("with x-***");
  }

  @Test
  void aMissingSecretIsSaidSo() throws Exception {
    var failure =
        kit.params("{'token': '${secret:TOKEN}'}")
            .failure(FakeAction.of(step -> StepOutcome.of(step.params().required("token"))));

    assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(failure.happened()).contains("no secret `TOKEN`");
  }

  @Test
  void anEnvironmentsNameAndUrlAreKnownToItsSteps() throws Exception {
    var action = FakeAction.of(step -> StepOutcome.of(step.params().required("url")));
    kit.params("{'url': '${environment.url}/${environment.name}'}");

    assertThat(kit.failure(action).happened()).contains("has no environment");
    assertThat(kit.environment(grant(null)).perform(action).summary())
        .isEqualTo("http://127.0.0.1/app/staging/staging");
    assertThat(kit.nextRound().environment(grant("https://shop")).perform(action).summary())
        .isEqualTo("https://shop/staging");
    assertThat(kit.nextRound().environment(grant("${environment.url}")).failure(action).happened())
        .contains("refers to itself");
  }

  @Test
  void keptArtifactsComeBack() throws Exception {
    var kept =
        kit.file("dist/app.js", "built")
            .perform(
                FakeAction.of(
                    step ->
                        StepOutcome.of("kept")
                            .withArtifacts(
                                List.of(step.keep("app", step.directory().resolve("dist"))))))
            .artifacts()
            .getFirst();

    var outcome =
        kit.nextRound()
            .artifacts(kept)
            .perform(
                FakeAction.of(
                    step -> {
                      var target = step.temp().resolve("unpacked");
                      step.unpack(step.artifact("app"), target);
                      return StepOutcome.of(read(target.resolve("app.js")));
                    }));

    assertThat(outcome.summary()).isEqualTo("built");
    assertThat(kept.size()).isEqualTo(kit.store().size(kept.digest()).orElseThrow());
    assertThat(
            kit.nextRound()
                .failure(FakeAction.of(step -> StepOutcome.of("" + step.artifact("ap"))))
                .advice())
        .contains("There is app.");
  }

  @Test
  void anArtifactThatIsNotThereIsSaidSo() throws Exception {
    var failure =
        kit.failure(
            FakeAction.of(
                step -> {
                  step.keep("app", step.directory().resolve("dist"));
                  return StepOutcome.of("");
                }));

    assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(failure.happened()).isEqualTo("there is no `dist` to keep as the artifact `app`");
  }

  @Test
  void aDirectoryOutsideTheCommitIsRefused() throws Exception {
    for (var directory : List.of("nowhere", "..", "/etc", "a/../..")) {
      var failure =
          kit.directory(directory)
              .failure(FakeAction.of(step -> StepOutcome.of("" + step.directory())));

      assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
      assertThat(failure.happened()).contains("no directory `" + directory + "`");
    }
  }

  @Test
  void anOutcomeThatDoesNotFitIsAFailure() throws Exception {
    var failure = kit.failure(FakeAction.of(step -> StepOutcome.of("x".repeat(20_000))));

    assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(failure.happened()).contains("more than the 16384");
  }

  @Test
  void aStepThatCannotBeNamedIsRefused() throws Exception {
    kit.key(new StepKey("app", 1, "../../etc", "x", 1));

    assertThat(kit.failure(FakeAction.of(step -> StepOutcome.of(""))).type())
        .isEqualTo(FailureType.CONFIGURATION);
  }

  @Test
  void aWorkersStartRemovesWhatDeadWorkersLeft() throws Exception {
    var dead = Files.createDirectories(kit.home().work().resolve("1234567-1-abcdef12/source"));
    Files.writeString(dead.resolve("file"), "left");
    var other = Files.createDirectories(kit.home().work().resolve("not-ours"));

    DeadWorkers.sweep(kit.home(), kit.store());

    assertThat(dead.resolveSibling("")).doesNotExist();
    assertThat(other).exists();
  }

  private static FakeAction sleeping(AtomicInteger stopped) {
    return FakeAction.of(
        step -> {
          try {
            TimeUnit.MINUTES.sleep(5);
          } catch (InterruptedException e) {
            stopped.set(1);
            throw e;
          }
          return StepOutcome.of("never");
        });
  }

  private static TestResult tests(String name) {
    return new TestResult(name, TestResult.Basis.REPORT, 0, 1, 0, List.of("fails with " + name));
  }

  private static EnvironmentGrant grant(@Nullable String url) {
    return new EnvironmentGrant(
        new EnvironmentSpec(
            "staging", EnvironmentSpec.Target.LOCAL, null, url, null, null, false, null),
        1,
        EnvironmentState.EMPTY,
        1,
        null,
        null);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
