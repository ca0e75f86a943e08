package dev.slipway.activities.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.activities.git.Git;
import dev.slipway.activities.git.GitMirror;
import dev.slipway.activities.git.TestRepository;
import dev.slipway.activities.step.StepLog;
import dev.slipway.activities.target.LiveApplication;
import dev.slipway.environment.Deployment;
import dev.slipway.environment.EnvironmentActivities.Survey;
import dev.slipway.environment.EnvironmentActivities.SurveyRequest;
import dev.slipway.environment.EnvironmentActivities.WayBack;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.EnvironmentState;
import dev.slipway.environment.LedgerEntry;
import dev.slipway.environment.LedgerEvent.Adopted;
import dev.slipway.environment.LedgerEvent.HoldLifted;
import dev.slipway.environment.LedgerEvent.RolledBack;
import dev.slipway.environment.SchemaOutcome;
import dev.slipway.environment.SchemaStanding;
import dev.slipway.environment.SchemaState;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.step.StepFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found where a commit wants to go live. */
class SurveyorTest {
  private static final EnvironmentId PRODUCTION = new EnvironmentId(TestLedger.SHOP, "production");

  @TempDir private Path folder;
  private final LiveApplication target = new LiveApplication();
  private final OneSchema schemas = new OneSchema();
  private TestRepository shop;
  private GitMirror mirror;
  private TestLedger staging;
  private TestLedger production;
  private String commit;
  private @Nullable Long grant = 7L;

  @BeforeEach
  void prepare() throws Exception {
    shop = TestRepository.make(folder.resolve("shop"));
    var git = new Git("test", Files.createDirectories(folder.resolve("temp")));
    mirror = GitMirror.open(git, folder.resolve("mirror.git"));
    staging = new TestLedger(folder.resolve("store"), "staging");
    production = new TestLedger(folder.resolve("store"), "production");
    commit = commit("Begin");
  }

  @Test
  void itIsReadFromRealityAndNotFromTheLedger() throws Exception {
    var live = commit;
    production.released(1, live);
    runs(production.deployment(4, live, "really"));
    target.serves(TestLedger.digest("page"));
    schemas.state = new SchemaState("7", TestLedger.digest("schema"));

    var survey = survey(commit("Next"));

    assertThat(survey.state())
        .isEqualTo(
            new EnvironmentState(
                production.deployment(4, live, "really"),
                TestLedger.digest("page"),
                schemas.state));
    assertThat(survey.live()).isEqualTo(1);
    assertThat(survey.nextRelease()).isEqualTo(2);
    assertThat(survey.notes()).isEmpty();
  }

  @Test
  void afterAWayBackThatFailedADeliveryGoesBackToTheLiveReleaseAndRecordsWhatRuns()
      throws Exception {
    var live = commit("Live");
    production.released(1, live).undoFailed(2);
    runs(production.deployment(3, live, "delivered"));

    var before = survey(commit("Next")).state().application();
    var now = survey(PRODUCTION, null, null).state().application();

    assertThat(before).isNotNull().returns(1L, deployed -> deployed.labels().release());
    assertThat(now).isEqualTo(production.deployment(3, live, "delivered"));
  }

  @Test
  void whatRunsAlthoughTheLedgerIsEmptyBecomesItsFirstEntryOnce() throws Exception {
    runs(production.deployment(5, commit, "found"));

    var survey = survey(commit);
    survey(commit);

    assertThat(survey.live()).isEqualTo(5);
    assertThat(survey.nextRelease()).isEqualTo(6);
    assertThat(survey.notes())
        .containsExactly(
            "production runs release 5, as its labels say; the ledger was empty and begins with"
                + " it");
    assertThat(production.view().entries())
        .extracting(LedgerEntry::event)
        .singleElement()
        .isInstanceOfSatisfying(
            Adopted.class,
            adopted -> {
              assertThat(adopted.release().state()).isEqualTo(survey.state());
              assertThat(adopted.release().source()).isNull();
            });
  }

  @Test
  void whoDoesNotHoldTheEnvironmentAdoptsNothingAndJudgesByWhatIsRecorded() throws Exception {
    var released = commit("Good");
    var underWay = commit("Still being rolled out");
    grant = null;
    runs(production.deployment(1, underWay, "half"));

    survey(released);
    assertThat(production.view().entries()).isEmpty();

    production.released(1, released);
    assertThat(survey(released).staleness().lost()).isEmpty();
    grant = 7L;
    assertThat(survey(released).staleness().lost()).hasSize(1);
  }

  @Test
  void aWayBackAdoptsNothing() throws Exception {
    runs(production.deployment(5, commit, "found"));

    var survey = survey(PRODUCTION, null, null);

    assertThat(production.view().entries()).isEmpty();
    assertThat(survey.live()).isNull();
  }

  @Test
  void afterAWayBackThatFailedTheLiveReleaseCountsAndNotTheMixture() throws Exception {
    production.released(1, commit).undoFailed(2);
    runs(production.deployment(2, commit, "half"));

    var survey = survey(commit);

    assertThat(survey.state()).isEqualTo(production.view().live().orElseThrow().state());
    assertThat(survey.notes())
        .containsExactly("the last way back failed; if this run fails it goes back to release 1");
  }

  @Test
  void commitsThatLiveAndWouldBeLostAreNamed() throws Exception {
    var base = commit;
    var live = commit("Add tax");
    runs(production.deployment(1, live, "live"));

    assertThat(survey(base).staleness().lost())
        .singleElement()
        .satisfies(lost -> assertThat(lost).endsWith(" Add tax"));
    assertThat(survey(live).staleness().lost()).isEmpty();
    assertThat(survey(commit("More")).staleness().lost()).isEmpty();
  }

  @Test
  void aLiveCommitThatNoRepositoryHasIsUnknown() throws Exception {
    var nowhere = "0123456789".repeat(4);
    runs(production.deployment(1, nowhere, "live"));

    var facts = survey(commit).staleness();

    assertThat(facts.live()).isEqualTo(nowhere);
    assertThat(facts.liveKnown()).isFalse();
  }

  @Test
  void aCommitThatWasTakenBackHoldsThoseAfterItUntilItIsRevertedOrLifted() throws Exception {
    var bad = commit("Bad");
    var after = commit("Goes on");
    var reverting = commit("Revert\n\nThis reverts commit " + bad + ".");
    production.append(
        new RolledBack(1, -1, 2, bad, "bea", "broken", true, new SchemaOutcome(null, "")));

    assertThat(survey(bad).staleness().held()).containsExactly(bad.substring(0, 8));
    assertThat(survey(after).staleness().held()).containsExactly(bad.substring(0, 8));
    assertThat(survey(commit).staleness().held()).isEmpty();
    assertThat(survey(reverting).staleness().held()).isEmpty();

    production.append(new HoldLifted(bad, "bea"));
    assertThat(survey(after).staleness().held()).isEmpty();
  }

  @Test
  void theEnvironmentBeforeMustHaveReleasedTheCommit() throws Exception {
    assertMissing("staging", null);

    staging.released(1, "b".repeat(40));
    assertMissing("staging", null);

    staging.released(2, commit);
    assertMissing(null, null);
  }

  @Test
  void aReleaseOfTheSameRunIsGoodUntilItIsRefused() throws Exception {
    staging.released(7, commit);
    assertMissing(null, null);

    staging.rejected(7);
    assertMissing("staging", "release 7, which was rejected in run 7");
  }

  @Test
  void whatWasTakenBackInTheEnvironmentBeforeDoesNotCountAndIsNamed() throws Exception {
    staging.released(1, "b".repeat(40)).released(2, commit).rolledBack(2, 1, null);

    assertMissing("staging", "release 2, which bea took back: too slow");
  }

  @Test
  void aRefusedCommitIsGoodThroughANewRelease() throws Exception {
    staging.released(1, commit).rejected(1).released(2, commit);
    assertMissing(null, null);

    staging.undone(2, 1, null);
    assertMissing("staging", "release 2, which was undone: unhealthy");
  }

  @Test
  void anEnvironmentThatComesAfterNoneNeedsNone() throws Exception {
    var facts = survey(PRODUCTION, commit, null).staleness();

    assertThat(facts.missingBefore()).isNull();
  }

  private void assertMissing(@Nullable String before, @Nullable String noLongerGood)
      throws Exception {
    var facts = survey(PRODUCTION, commit, "staging").staleness();
    assertThat(facts.missingBefore()).isEqualTo(before);
    assertThat(facts.noLongerGood()).isEqualTo(noLongerGood);
  }

  @Test
  void aCommitThatThisHomeLacksIsRefusedAndTheReasonSaid() {
    assertThatThrownBy(() -> survey("f".repeat(40)))
        .isInstanceOf(StepFailedException.class)
        .hasMessageContaining("does not have commit ffffffff, which the run has fetched");
  }

  private String commit(String message) throws Exception {
    var hash = shop.commit("file", message, message);
    mirror.fetch(shop.path(), hash);
    return hash;
  }

  private void runs(Deployment deployment) {
    target.runs(deployment, () -> {});
  }

  private Survey survey(String wanted) throws Exception {
    return survey(PRODUCTION, wanted, null);
  }

  private Survey survey(EnvironmentId environment, @Nullable String wanted, @Nullable String after)
      throws Exception {
    return new Surveyor(spec -> target, schemas, production.ledger(), Clock.systemUTC())
        .survey(
            new SurveyRequest(
                environment,
                TestLedger.spec(environment.name(), after),
                wanted == null ? null : TestLedger.source(wanted),
                grant,
                null),
            mirror);
  }

  /** A database whose schema is told. */
  private static final class OneSchema implements Schemas {
    private @Nullable SchemaState state;

    @Override
    public Optional<SchemaState> state(EnvironmentId environment, EnvironmentSpec spec) {
      return Optional.ofNullable(state);
    }

    @Override
    public SchemaStanding standing(WayBack wayBack) {
      throw new UnsupportedOperationException("a survey asks for no way back");
    }

    @Override
    public void migrateDown(WayBack wayBack, String version, long fencingToken, StepLog log) {
      throw new UnsupportedOperationException("a survey changes nothing");
    }
  }
}
