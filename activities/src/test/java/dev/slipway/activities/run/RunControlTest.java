package dev.slipway.activities.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.action.ActionCatalog;
import dev.slipway.activities.TestEngines;
import dev.slipway.activities.git.Git;
import dev.slipway.activities.git.TestRepository;
import dev.slipway.activities.home.Home;
import dev.slipway.activities.store.FolderStore;
import dev.slipway.artifact.Digest;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.EnvironmentQueues;
import dev.slipway.json.Json;
import dev.slipway.notification.Notification;
import dev.slipway.notification.NotificationActivities;
import dev.slipway.notification.RunEvent;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.RunId;
import dev.slipway.pipeline.Stage;
import dev.slipway.pipeline.file.PipelineFile;
import dev.slipway.pipeline.problem.ProblemText;
import dev.slipway.run.RunActivities;
import dev.slipway.run.RunActivities.PreparedRun;
import dev.slipway.run.RunActivities.Visibility;
import dev.slipway.run.RunInput;
import dev.slipway.run.RunInput.Deliver;
import dev.slipway.run.RunInput.Rollback;
import dev.slipway.run.RunRecord;
import dev.slipway.run.RunState;
import dev.slipway.run.RunStatus;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run has done besides its steps, as activities. */
class RunControlTest {
  private static final RunId RUN = new RunId("shop", 7);
  private static final ActivityOptions ONCE =
      ActivityOptions.newBuilder()
          .setStartToCloseTimeout(Duration.ofSeconds(30))
          .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
          .build();
  private static final String FILE = "slipway.yaml";
  private static final String VALID =
      """
      slipway: 1
      stages:
        - name: build
          steps:
            - {name: unit, action: npm_run_test, params: {script: test}}
      """;

  @TempDir private Path folder;
  private final List<String> posts = new ArrayList<>();
  private FolderStore store;
  private TestRepository shop;
  private TestActivityEnvironment engine;
  private RunActivities control;

  @BeforeEach
  void prepare() throws Exception {
    var home = Home.at(folder.resolve("home"));
    store = FolderStore.open(home.store());
    shop = TestRepository.make(folder.resolve("shop"));
    engine = TestActivityEnvironment.newInstance(TestEngines.options());
    engine.registerActivitiesImplementations(
        new RunControl(
            home,
            store,
            new Git("test", Files.createDirectories(folder.resolve("temp"))),
            (url, json, key) -> posts.add("%s %s %s".formatted(url, key, new String(json, UTF_8))),
            Visibility.PLAIN,
            EnvironmentQueues.ONE_EACH));
    control = engine.newActivityStub(RunActivities.class, ONCE);
  }

  @AfterEach
  void closeEngine() {
    engine.close();
  }

  @Test
  void aValidFileIsFrozenWithItsCommit() throws Exception {
    var commit = shop.commit(FILE, VALID, "Begin\n\nand more");

    var prepared = prepare(commit);

    assertThat(plan(prepared).application()).isEqualTo("shop");
    assertThat(plan(prepared).stages()).extracting(Stage::name).containsExactly("build");
    assertThat(prepared.file()).isEqualTo(Digest.of(VALID.getBytes(UTF_8)));
    assertThat(prepared.problems()).isEmpty();
    assertThat(prepared.visibility()).isEqualTo(Visibility.PLAIN);
    assertThat(prepared.source().repository()).isEqualTo(shop.path());
    assertThat(prepared.source().commit()).isEqualTo(commit);
    assertThat(prepared.source().subject()).isEqualTo("Begin");
    assertThat(prepared.source().author()).isEqualTo("Žofie Nováková <zofie@example.com>");
    assertThat(store.size(prepared.source().archive())).isPresent();
  }

  @Test
  void theFileIsThatOfTheCommitAndNotOfTheFolder() throws Exception {
    var commit = shop.commit(FILE, VALID, "Begin");
    shop.commit(FILE, VALID.replace("build", "later"), "Go on");

    assertThat(plan(prepare(commit)).stages()).extracting(Stage::name).containsExactly("build");
  }

  @Test
  void anInvalidFileHasAllItsProblemsAndNoPlan() throws Exception {
    var prepared =
        prepare(
            shop.commit(FILE, VALID.replace("name: unit", "nmae: unit") + "more: 1\n", "Begin"));

    assertThat(prepared.pipeline()).isNull();
    assertThat(prepared.file()).isNull();
    assertThat(prepared.problems())
        .singleElement()
        .asString()
        .contains("nmae")
        .contains("more")
        .contains("slipway.yaml:5:");
  }

  @Test
  void aMissingFileIsNamedWithItsCommitAndNotAskedForAgain() throws Exception {
    var commit = shop.commit("README", "", "Begin");

    var failure = failure(shop.path(), commit);

    assertThat(failure.getType()).isEqualTo("CONFIGURATION");
    assertThat(failure.isNonRetryable()).isTrue();
    assertThat(failure.getOriginalMessage()).contains(FILE).contains(commit.substring(0, 8));
  }

  @Test
  void anUnknownCommitIsNotAskedForAgain() throws Exception {
    shop.commit(FILE, VALID, "Begin");

    var failure = failure(shop.path(), "0123456789".repeat(4));

    assertThat(failure.getType()).isEqualTo("CONFIGURATION");
    assertThat(failure.isNonRetryable()).isTrue();
    assertThat(failure.getOriginalMessage()).contains("has no commit 0123456789");
  }

  @Test
  void aFileThatIsTooLongIsThatFilesOwnProblem() throws Exception {
    var tooLong = "# " + "x".repeat(5 << 20) + "\n" + VALID;

    var prepared = prepare(shop.commit(FILE, tooLong, "Begin"));

    assertThat(prepared.pipeline()).isNull();
    assertThat(prepared.problems())
        .containsExactly(problems(tooLong.getBytes(UTF_8)))
        .singleElement()
        .asString()
        .contains("the file is too long; a pipeline file has at most 1,048,576 bytes");
  }

  @Test
  void aByteThatIsNoTextIsNamedAsItIs() throws Exception {
    Files.write(Path.of(shop.path()).resolve(FILE), "application: café".getBytes(ISO_8859_1));

    var prepared = prepare(shop.commit("other", "", "Begin"));

    assertThat(prepared.problems()).singleElement().asString().contains("byte 0xe9 is not UTF-8");
  }

  @Test
  void aUrlWithCredentialsIsRefusedAndNotRepeated() {
    var failure = failure("https://ann:T0KEN@127.0.0.1:1/shop.git", "0123456789".repeat(4));

    assertThat(failure.getType()).isEqualTo("CONFIGURATION");
    assertThat(failure.getOriginalMessage())
        .contains("https://***@127.0.0.1:1/shop.git has credentials")
        .doesNotContain("T0KEN");
  }

  @Test
  void aRollbackHasNoCommitToPrepare() {
    var wish = new Rollback(new EnvironmentId("shop", "production"), null);

    assertThatThrownBy(() -> control.prepare(new RunInput(RUN, wish, "ann")))
        .hasStackTraceContaining("no commit to prepare");
  }

  @Test
  void theFirstRecordOfARunStays() throws Exception {
    control.record(state(RunStatus.SUCCEEDED));
    control.record(state(RunStatus.BLOCKED));

    var kept = store.read(RunRecord.stateName(RUN)).orElseThrow();
    assertThat(Json.read(kept, RunState.class)).isEqualTo(state(RunStatus.SUCCEEDED));
  }

  @Test
  void aWebhookGetsTheEventWithItsKey() {
    engine
        .newActivityStub(NotificationActivities.class, ONCE)
        .notify(
            new Notification(
                "run/shop/7/3",
                "https://example.com/${secret:HOOK}",
                RUN,
                "c".repeat(40),
                new RunEvent(Instant.EPOCH, RunEvent.Kind.WAITING, "Release it?")));

    assertThat(posts)
        .containsExactly(
            "https://example.com/${secret:HOOK} run/shop/7/3 {\"key\":\"run/shop/7/3\","
                + "\"run\":\"shop/7\",\"commit\":\"%s\",\"kind\":\"WAITING\","
                    .formatted("c".repeat(40))
                + "\"text\":\"Release it?\",\"at\":\"1970-01-01T00:00:00Z\"}");
  }

  private PreparedRun prepare(String commit) {
    return control.prepare(new RunInput(RUN, new Deliver(shop.path(), commit, FILE), "ann"));
  }

  private ApplicationFailure failure(String repository, String commit) {
    var input = new RunInput(RUN, new Deliver(repository, commit, FILE), "ann");
    var failed = new ApplicationFailure[1];
    assertThatThrownBy(() -> control.prepare(input))
        .isInstanceOf(ActivityFailure.class)
        .cause()
        .isInstanceOfSatisfying(ApplicationFailure.class, e -> failed[0] = e);
    return failed[0];
  }

  private static Pipeline plan(PreparedRun prepared) {
    return Objects.requireNonNull(prepared.pipeline(), () -> "" + prepared.problems());
  }

  /** As `slipway validate` says them. */
  private static String problems(byte[] file) {
    return ProblemText.render(
        FILE, file, PipelineFile.parse(file, ActionCatalog.builtIn(), "shop").problems());
  }

  private static RunState state(RunStatus status) {
    return new RunState(
        RUN,
        new Deliver("shop", "c".repeat(40), FILE),
        "ann",
        status,
        null,
        List.of(),
        null,
        Instant.EPOCH,
        Instant.EPOCH,
        List.of(),
        null,
        List.of(),
        List.of());
  }
}
