package dev.slipway.activities.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.action.FailureType;
import dev.slipway.activities.database.TestStep;
import dev.slipway.activities.step.StepContext;
import dev.slipway.environment.EnvironmentState;
import dev.slipway.step.EnvironmentGrant;
import dev.slipway.step.StepFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractStringAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an environment that comes after another takes. */
class EarlierReleasesTest {
  /** The commit of the step. */
  private static final String COMMIT = "a".repeat(40);

  private static final String OTHER = "b".repeat(40);

  @TempDir private Path folder;
  private TestLedger staging;
  private EarlierReleases earlier;

  @BeforeEach
  void open() throws Exception {
    staging = new TestLedger(folder, "staging");
    earlier = new EarlierReleases(staging.ledger());
  }

  @Test
  void whatRanInTheEnvironmentBeforeIsTaken() throws Exception {
    staging.released(1, COMMIT, staging.runs(1, COMMIT, "one"));

    earlier.requireApplication(into("staging"), "backend", TestLedger.digest("one"));
  }

  @Test
  void otherBytesOfTheSameCommitAreRefusedWithBothDigests() throws Exception {
    staging.released(1, COMMIT, staging.runs(1, COMMIT, "one"));

    refused("two", FailureType.CONFIGURATION)
        .contains(TestLedger.digest("one").text())
        .contains(TestLedger.digest("two").text())
        .contains("staging");
  }

  @Test
  void theSameBytesFromAnotherCommitAreRefused() throws Exception {
    staging.released(1, OTHER, staging.runs(1, OTHER, "one"));

    refused("one", FailureType.CONFLICT).contains("no good release of commit aaaaaaaa");
  }

  @Test
  void whatWasTakenBackThereDoesNotCount() throws Exception {
    staging.released(1, COMMIT, staging.runs(1, COMMIT, "one")).rolledBack(1, -1, null);

    refused("one", FailureType.CONFLICT).contains("no good release");
  }

  @Test
  void aGoodReleaseDoesNotVouchForTheBytesOfABadOne() throws Exception {
    staging.released(1, COMMIT, staging.runs(1, COMMIT, "one")).rejected(1);
    staging.released(2, COMMIT, staging.runs(2, COMMIT, "two"));

    refused("one", FailureType.CONFIGURATION).contains(TestLedger.digest("two").text());
    earlier.requireApplication(into("staging"), "backend", TestLedger.digest("two"));
  }

  @Test
  void anEnvironmentBeforeThatRanNoApplicationProvesNothing() throws Exception {
    staging.released(1, COMMIT, TestLedger.schema("3"));

    refused("one", FailureType.CONFIGURATION).contains("had none");
  }

  @Test
  void anEnvironmentThatComesAfterNoneTakesEverything() throws Exception {
    earlier.requireApplication(into(null), "backend", TestLedger.digest("one"));
    earlier.requireFrontend(into(null), "web", TestLedger.digest("one"));
  }

  @Test
  void aFrontendIsComparedWithTheFrontendThere() throws Exception {
    var page = TestLedger.digest("page");
    staging.released(
        1, COMMIT, new EnvironmentState(staging.deployment(1, COMMIT, "other page"), page, null));

    earlier.requireFrontend(into("staging"), "web", page);
    assertThatThrownBy(
            () -> earlier.requireFrontend(into("staging"), "web", TestLedger.digest("other page")))
        .isInstanceOf(StepFailedException.class)
        .hasMessageContaining(page.text());
  }

  @Test
  void aLedgerThatWasChangedProvesNothing() throws Exception {
    staging.released(1, COMMIT, staging.runs(1, COMMIT, "one"));
    Files.writeString(folder.resolve("names/ledger/shop/staging/000001"), "{");

    refused("one", FailureType.CONFLICT).contains("can't be read");
  }

  private AbstractStringAssert<?> refused(String bytes, FailureType type) {
    var failed = new StepFailedException[1];
    assertThatThrownBy(
            () -> earlier.requireApplication(into("staging"), "backend", TestLedger.digest(bytes)))
        .isInstanceOfSatisfying(StepFailedException.class, e -> failed[0] = e);
    assertThat(failed[0].failure().type()).isEqualTo(type);
    return assertThat(failed[0].failure().happened());
  }

  private StepContext into(@Nullable String after) {
    return new TestStep(folder)
        .grant(
            new EnvironmentGrant(
                TestLedger.spec("production", after), 1, EnvironmentState.EMPTY, 1, null, null));
  }
}
