package dev.slipway.environment;

import static dev.slipway.environment.Examples.PRODUCTION;
import static dev.slipway.environment.Examples.release;
import static dev.slipway.environment.Examples.released;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.environment.EnvironmentActivities.RollbackChoice;
import dev.slipway.environment.LedgerEvent.Discredited;
import dev.slipway.environment.LedgerEvent.HoldLifted;
import dev.slipway.environment.LedgerEvent.RolledBack;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where a rollback goes to. */
class RollbackDeciderTest {
  private static final LedgerEvent REJECTED_2 = new Discredited(2, 2, "rejected");

  @Test
  void whereNothingLivesNothingIsTakenBack() {
    assertThat(RollbackDecider.decide(Examples.ledger(), PRODUCTION, null))
        .isEqualTo(refused(null, "nothing is live in shop/production"));
    assertThat(RollbackDecider.decide(Examples.ledger(), PRODUCTION, 1L).refusal())
        .isEqualTo("nothing is live in shop/production");
  }

  @Test
  void itGoesToTheNewestReleaseBeforeThatIsGood() {
    var ledger = Examples.ledger(released(1), released(2), released(3), REJECTED_2);

    assertThat(RollbackDecider.decide(ledger, PRODUCTION, null))
        .isEqualTo(new RollbackChoice(release(3), release(1), null));
  }

  @Test
  void withoutAGoodOneBeforeThereIsNoWayBack() {
    var ledger = Examples.ledger(released(2), REJECTED_2, released(3));

    assertThat(RollbackDecider.decide(ledger, PRODUCTION, null))
        .isEqualTo(refused(release(3), "shop/production has no good release before 3"));
  }

  @Test
  void aPersonMayChooseAnyReleaseThatLivedOnce() {
    var ledger = Examples.ledger(released(1), released(2), released(3), REJECTED_2);

    assertThat(RollbackDecider.decide(ledger, PRODUCTION, 2L))
        .isEqualTo(new RollbackChoice(release(3), release(2), null));
  }

  @Test
  void theLiveReleaseIsNoWayBack() {
    var ledger = Examples.ledger(released(1), released(2));

    assertThat(RollbackDecider.decide(ledger, PRODUCTION, 2L))
        .isEqualTo(refused(release(2), "release 2 already lives in shop/production"));
  }

  @Test
  void whatNeverWentLiveIsNoWayBack() {
    assertThat(RollbackDecider.decide(Examples.ledger(released(1)), PRODUCTION, 7L))
        .isEqualTo(
            refused(
                release(1),
                "release 7 never went live in shop/production; see `slipway history production`"));
  }

  @Test
  void afterAWayBackTheNextOneGoesFurther() {
    var back =
        new RolledBack(
            3, 2, 4, Examples.commit(3), "bea", "slow", true, new SchemaOutcome(null, "none"));
    var ledger = Examples.ledger(released(1), released(2), released(3), back);

    assertThat(RollbackDecider.decide(ledger, PRODUCTION, null))
        .isEqualTo(new RollbackChoice(release(2), release(1), null));
  }

  @Test
  void whatWasTakenBackStaysSoUntilItsHoldIsLifted() {
    var back =
        new RolledBack(
            2, 1, 3, Examples.commit(2), "bea", "slow", true, new SchemaOutcome(null, "none"));
    var held = List.of(released(1), released(2), back);

    var choice = RollbackDecider.decide(Examples.ledger(held), PRODUCTION, 2L);

    assertThat(choice.to()).isNull();
    assertThat(choice.refusal())
        .startsWith("release 2 was taken back in shop/production, and its commit is held")
        .endsWith("slipway env lift-hold production 00000000");
    var lifted = new ArrayList<>(held);
    lifted.add(new HoldLifted(Examples.commit(2), "bea"));
    assertThat(RollbackDecider.decide(Examples.ledger(lifted), PRODUCTION, 2L).to())
        .isEqualTo(release(2));
  }

  private static RollbackChoice refused(@Nullable Release live, String why) {
    return new RollbackChoice(live, null, why);
  }
}
