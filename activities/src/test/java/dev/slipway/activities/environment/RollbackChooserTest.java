package dev.slipway.activities.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.environment.EnvironmentActivities.RollbackChoice;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.Release;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a rollback goes to. */
class RollbackChooserTest {
  @TempDir private Path folder;
  private TestLedger ledger;

  @BeforeEach
  void open() throws Exception {
    ledger = new TestLedger(folder, "production");
  }

  @Test
  void whereNothingLivesNothingIsTakenBack() throws Exception {
    assertThat(choose(null)).isEqualTo(refused(null, "nothing is live in shop/production"));
    assertThat(choose(1L).refusal()).isEqualTo("nothing is live in shop/production");
  }

  @Test
  void itGoesToTheNewestReleaseBeforeThatIsGood() throws Exception {
    released(1, 2, 3);
    ledger.rejected(2);

    assertThat(choose(null)).isEqualTo(new RollbackChoice(release(3), release(1), null));
  }

  @Test
  void withoutAGoodOneBeforeThereIsNoWayBack() throws Exception {
    released(1, 2);
    ledger.rejected(1);

    assertThat(choose(null))
        .isEqualTo(refused(release(2), "shop/production has no good release before 2"));
  }

  @Test
  void aPersonMayChooseAnyReleaseThatLivedOnce() throws Exception {
    released(1, 2, 3);
    ledger.rejected(2);

    assertThat(choose(2L)).isEqualTo(new RollbackChoice(release(3), release(2), null));
  }

  @Test
  void theLiveReleaseIsNoWayBack() throws Exception {
    released(1, 2);

    assertThat(choose(2L))
        .isEqualTo(refused(release(2), "release 2 already lives in shop/production"));
  }

  @Test
  void aReleaseThatNeverLivedIsNoWayBack() throws Exception {
    released(1);
    ledger.undone(2, 1, null);

    assertThat(choose(2L).to()).isNull();
    assertThat(choose(2L).refusal())
        .isEqualTo(
            "release 2 never went live in shop/production; see `slipway history production`");
  }

  private void released(long... numbers) throws Exception {
    for (var number : numbers) {
      ledger.released(number, "%040d".formatted(number));
    }
  }

  private Release release(long number) throws Exception {
    return ledger.view().release(number).orElseThrow();
  }

  private RollbackChoice choose(@Nullable Long to) throws Exception {
    return RollbackChooser.choose(
        ledger.view(), new EnvironmentId(TestLedger.SHOP, "production"), to);
  }

  private static RollbackChoice refused(@Nullable Release live, String why) {
    return new RollbackChoice(live, null, why);
  }
}
