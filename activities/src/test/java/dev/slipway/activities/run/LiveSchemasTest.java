package dev.slipway.activities.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.activities.database.script.Version;
import dev.slipway.activities.environment.TestLedger;
import dev.slipway.environment.EnvironmentState;
import dev.slipway.step.StepFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Up to which migration everything lives everywhere. */
class LiveSchemasTest {
  private static final String COMMIT = "a".repeat(40);

  @TempDir private Path folder;
  private TestLedger staging;
  private TestLedger production;

  @BeforeEach
  void open() throws Exception {
    staging = new TestLedger(folder, "staging");
    production = new TestLedger(folder, "production");
  }

  @Test
  void theLowestVersionCounts() throws Exception {
    staging.released(1, COMMIT, TestLedger.schema("10"));
    production.released(1, COMMIT, TestLedger.schema("9"));

    assertThat(lowest("staging", "production")).isEqualTo(Version.of("9"));
  }

  @Test
  void whatLivesInStagingAloneDoesNotLiveEverywhere() throws Exception {
    staging.released(1, COMMIT, TestLedger.schema("10"));

    assertThat(lowest("staging", "production")).isEqualTo(Version.NONE);
  }

  @Test
  void environmentsWithoutADatabaseAreNotAskedFor() throws Exception {
    staging.released(1, COMMIT, TestLedger.schema("10"));
    production.released(1, COMMIT);

    assertThat(lowest("staging")).isEqualTo(Version.of("10"));
  }

  @Test
  void anEnvironmentWhoseReleaseHadNoDatabaseYetHasNoVersion() throws Exception {
    staging.released(1, COMMIT, TestLedger.schema("10"));
    production.released(1, COMMIT, EnvironmentState.EMPTY);

    assertThat(lowest("staging", "production")).isEqualTo(Version.NONE);
  }

  @Test
  void whatAWayBackLeftCountsAndNotWhatTheReleaseHad() throws Exception {
    staging.released(1, COMMIT, TestLedger.schema("10")).undone(2, 1, "12");
    assertThat(lowest("staging")).isEqualTo(Version.of("12"));

    staging.released(3, COMMIT, TestLedger.schema("13")).rolledBack(3, 1, "10");
    assertThat(lowest("staging")).isEqualTo(Version.of("10"));
  }

  @Test
  void aSchemaThatNobodyKnowsHasNoVersion() throws Exception {
    staging.released(1, COMMIT, TestLedger.schema("10")).undoFailed(2);
    assertThat(lowest("staging")).isEqualTo(Version.NONE);

    production.released(1, COMMIT, TestLedger.schema("ten"));
    assertThat(lowest("production")).isEqualTo(Version.NONE);
  }

  @Test
  void whereThereIsNoDatabaseNothingLives() throws Exception {
    staging.released(1, COMMIT, TestLedger.schema("10"));

    assertThat(lowest()).isEqualTo(Version.NONE);
  }

  @Test
  void aLedgerThatWasChangedIsNoNews() throws Exception {
    staging.released(1, COMMIT, TestLedger.schema("10"));
    Files.writeString(folder.resolve("names/ledger/shop/staging/000001"), "{");

    assertThatThrownBy(() -> lowest("staging"))
        .isInstanceOf(StepFailedException.class)
        .hasMessageContaining("the ledger of shop/staging was changed");
  }

  private Version lowest(String... environments) throws Exception {
    return new LiveSchemas(staging.ledger()).lowest(TestLedger.SHOP, List.of(environments));
  }
}
