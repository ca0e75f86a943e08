package dev.slipway.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.environment.EnvironmentActivities.Liveness;
import dev.slipway.environment.EnvironmentActivities.Survey;
import dev.slipway.environment.EnvironmentActivities.SurveyRequest;
import dev.slipway.environment.LedgerEvent.Discredited;
import dev.slipway.environment.LedgerEvent.Undone;
import org.junit.jupiter.api.Test;

/**
 * What environments' workflows rely on. It holds for the real activities, and for those that the
 * workflows' own tests act on.
 */
public abstract class EnvironmentActivitiesContract {
  /** The activities of an environment that nobody has used before. */
  protected abstract EnvironmentActivities activities();

  /** That environment. */
  protected abstract EnvironmentId environment();

  @Test
  void nothingLivesWhereNothingWasReleased() {
    var survey = survey();

    assertThat(survey.state()).isEqualTo(EnvironmentState.EMPTY);
    assertThat(survey.live()).isNull();
    assertThat(survey.nextRelease()).isEqualTo(1);
  }

  @Test
  void whatIsRecordedTwiceIsRecordedOnce() {
    var first = append(Examples.released(1));
    var again = append(Examples.released(1));
    var next = append(new Discredited(1, 1, "rejected"));

    assertThat(first.sequence()).isEqualTo(1);
    assertThat(again).isEqualTo(first);
    assertThat(next.sequence()).isEqualTo(2);
  }

  @Test
  void theLastReleaseLivesAndTheNumberOfOneThatWasTakenBackIsNotGivenAgain() {
    append(Examples.released(1));
    append(
        new Undone(
            2, 2, Examples.commit(2), "unhealthy", 1, true, new SchemaOutcome(null, "none")));

    var survey = survey();

    assertThat(survey.live()).isEqualTo(1);
    assertThat(survey.nextRelease()).isEqualTo(3);
  }

  @Test
  void aRollbackGoesToTheNewestReleaseBeforeThatNobodyRefused() {
    append(Examples.released(1));
    append(Examples.released(2));
    append(new Discredited(2, 2, "expired"));
    append(Examples.released(3));

    var choice = activities().chooseRelease(environment(), null, null);

    assertThat(choice.from()).isEqualTo(Examples.release(3));
    assertThat(choice.to()).isEqualTo(Examples.release(1));
    assertThat(choice.refusal()).isNull();
  }

  @Test
  void aRollbackToWhatNeverLivedOrLivesAlreadyIsRefused() {
    append(Examples.released(1));

    for (var to : new Long[] {1L, 7L, null}) {
      var choice = activities().chooseRelease(environment(), to, null);
      assertThat(choice.to()).isNull();
      assertThat(choice.refusal()).isNotBlank();
    }
  }

  @Test
  void aRollbackOfNothingIsRefused() {
    var choice = activities().chooseRelease(environment(), null, null);

    assertThat(choice.from()).isNull();
    assertThat(choice.refusal()).contains("nothing is live in");
  }

  @Test
  void aRunThatNobodyKnowsHasEnded() {
    assertThat(activities().isRunning("run/nobody/1")).isEqualTo(Liveness.ENDED);
  }

  @Test
  void anEnvironmentThatIsToldSomethingIsThereAfterwards() {
    activities().tell(environment(), new LockMessage.Release(1));

    assertThat(activities().isRunning(environment().workflowId())).isEqualTo(Liveness.RUNNING);
  }

  private LedgerEntry append(LedgerEvent event) {
    return activities().append(environment(), event, null);
  }

  private Survey survey() {
    return activities().survey(new SurveyRequest(environment(), Examples.spec(), null, null, null));
  }
}
