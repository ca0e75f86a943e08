package dev.slipway.environment;

import static dev.slipway.environment.Examples.commit;
import static dev.slipway.environment.Examples.ledger;
import static dev.slipway.environment.Examples.released;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.environment.LedgerEvent.Adopted;
import dev.slipway.environment.LedgerEvent.Discredited;
import dev.slipway.environment.LedgerEvent.HoldLifted;
import dev.slipway.environment.LedgerEvent.RolledBack;
import dev.slipway.environment.LedgerEvent.UndoFailed;
import dev.slipway.environment.LedgerEvent.Undone;
import org.junit.jupiter.api.Test;

class LedgerViewTest {
  @Test
  void nothingLivesInAnEmptyLedgerAndTheFirstReleaseIsOne() {
    assertThat(ledger().live()).isEmpty();
    assertThat(ledger().nextNumber()).isEqualTo(1);
    assertThat(ledger().heldCommits()).isEmpty();
    assertThat(ledger().isDamaged()).isFalse();
  }

  @Test
  void theLastReleaseLives() {
    var ledger = ledger(released(1), released(2));

    assertThat(ledger.liveNumber()).contains(2L);
    assertThat(ledger.live()).contains(Examples.release(2));
  }

  @Test
  void whatWasFoundIsReleaseZeroAndAWayBack() {
    var ledger = ledger(new Adopted(Examples.release(0)), released(1));

    assertThat(ledger.lastGoodBefore(1)).contains(Examples.release(0));
    assertThat(ledger.nextNumber()).isEqualTo(2);
  }

  @Test
  void anUndoneReleaseNeverLivedAndItsNumberIsNotGivenAgain() {
    var ledger = ledger(released(1), undone(2, 1, true));

    assertThat(ledger.liveNumber()).contains(1L);
    assertThat(ledger.nextNumber()).isEqualTo(3);
    assertThat(ledger.release(2)).isEmpty();
    assertThat(ledger.heldCommits()).containsExactly(commit(2));
  }

  @Test
  void anUndoneFirstReleaseLeavesNothingLive() {
    assertThat(ledger(undone(1, -1, true)).live()).isEmpty();
  }

  @Test
  void aReleaseThatWasRecordedAndThenTakenBackDoesNotLive() {
    var ledger = ledger(released(1), released(2), undone(2, 1, false));

    assertThat(ledger.liveNumber()).contains(1L);
    assertThat(ledger.lastGoodBefore(3)).contains(Examples.release(1));
  }

  @Test
  void afterARollbackTheOlderReleaseLives() {
    var ledger = ledger(released(1), released(2), released(3), rolledBack(3, 1));

    assertThat(ledger.liveNumber()).contains(1L);
    assertThat(ledger.nextNumber()).isEqualTo(4);
    assertThat(ledger.heldCommits()).containsExactly(commit(3));
  }

  @Test
  void theSchemaStandsWhereTheLastWayBackLeftIt() {
    assertThat(ledger(released(1), undone(2, 1, true)).schemaVersion()).contains("2");
    assertThat(ledger(undone(2, 1, true), released(3)).schemaVersion())
        .isEqualTo(ledger(released(3)).schemaVersion());
    assertThat(ledger(rolledBack(3, 1), new HoldLifted(commit(3), "bea")).schemaVersion())
        .contains("2");
  }

  @Test
  void aWayBackThatFailedLeavesTheSchemaUnknown() {
    var failed = new UndoFailed(2, 2, commit(2), true, "disk full");

    assertThat(ledger(released(1), failed).schemaVersion()).isEmpty();
  }

  @Test
  void aRollbackToNothingLeavesNothingLive() {
    assertThat(ledger(released(1), rolledBack(1, -1)).live()).isEmpty();
  }

  @Test
  void noWayLeadsBackToWhatWasTakenBackOrRefused() {
    var ledger =
        ledger(
            released(1),
            released(2),
            rolledBack(2, 1),
            released(3),
            new Discredited(3, 3, "expired"),
            released(4));

    assertThat(ledger.lastGoodBefore(4)).contains(Examples.release(1));
    assertThat(ledger.lastGoodBefore(1)).isEmpty();
  }

  @Test
  void aReleaseIsGoodUntilItIsTakenBackOrRefused() {
    assertThat(ledger(released(1)).goodReleasesOf(commit(1))).containsExactly(Examples.release(1));
    assertThat(ledger(released(1)).faultOf(commit(1))).isEmpty();
    assertThat(ledger(released(1)).goodReleasesOf(commit(2))).isEmpty();
    assertThat(ledger(released(1)).faultOf(commit(2))).isEmpty();

    isBad("release 1, which bea took back: a person asked", rolledBack(1, -1));
    isBad("release 1, which was undone: unhealthy", undone(1, -1, false));
    isBad("release 1, which was rejected in run 4", new Discredited(1, 4, "rejected"));
    isBad(
        "release 1, which could not be taken back: disk full",
        new UndoFailed(1, 2, commit(1), true, "disk full"));
  }

  @Test
  void aLiftedHoldMakesNoReleaseGoodAgain() {
    var ledger = ledger(released(1), rolledBack(1, -1), new HoldLifted(commit(1), "bea"));

    assertThat(ledger.goodReleasesOf(commit(1))).isEmpty();
  }

  private static void isBad(String why, LedgerEvent event) {
    var ledger = ledger(released(1), event, released(2));
    assertThat(ledger.goodReleasesOf(commit(1))).isEmpty();
    assertThat(ledger.faultOf(commit(1))).contains(why);
    assertThat(ledger.goodReleasesOf(commit(2))).hasSize(1);
    assertThat(ledger.lastGoodBefore(2)).isEmpty();
  }

  @Test
  void aWayBackThatFailedLeavesTheEnvironmentDamagedUntilTheNextEntry() {
    var failed = new UndoFailed(2, 2, commit(2), true, "disk full");

    assertThat(ledger(released(1), failed).isDamaged()).isTrue();
    assertThat(ledger(released(1), failed).heldCommits()).containsExactly(commit(2));
    assertThat(ledger(released(1), failed).liveNumber()).contains(1L);
    assertThat(ledger(released(1), failed).nextNumber()).isEqualTo(3);
    assertThat(ledger(released(1), failed, released(3)).isDamaged()).isFalse();
  }

  @Test
  void whatIsKeptForPeopleToLookAtHoldsNoCommit() {
    var kept = new UndoFailed(2, 2, commit(2), false, "kept");

    assertThat(ledger(released(1), kept).heldCommits()).isEmpty();
  }

  @Test
  void aLiftedHoldHoldsAgainOnlyAfterAnotherWayBack() {
    var lifted = new HoldLifted(commit(2), "bea");

    assertThat(ledger(undone(2, -1, true), lifted).heldCommits()).isEmpty();
    assertThat(ledger(undone(2, -1, true), lifted, undone(3, -1, true)).heldCommits())
        .containsExactly(commit(3));
    assertThat(ledger(undone(2, -1, false)).heldCommits()).isEmpty();
  }

  private static Undone undone(long release, long live, boolean held) {
    return new Undone(release, release, commit(release), "unhealthy", live, held, stays("2"));
  }

  private static SchemaOutcome stays(String version) {
    return new SchemaOutcome(version, "stays");
  }

  private static RolledBack rolledBack(long from, long to) {
    return new RolledBack(from, to, 9, commit(from), "bea", "a person asked", true, stays("2"));
  }
}
