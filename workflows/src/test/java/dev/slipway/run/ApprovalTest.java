package dev.slipway.run;

import static dev.slipway.run.TestRun.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.approval.Decision;
import dev.slipway.approval.Decision.Answer;
import dev.slipway.approval.DecisionRequest;
import dev.slipway.environment.LedgerEvent.Discredited;
import dev.slipway.environment.LedgerEvent.Undone;
import dev.slipway.notification.RunEvent.Kind;
import dev.slipway.pipeline.ApprovalPolicy;
import dev.slipway.pipeline.ApprovalPolicy.OnExpire;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowUpdateException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How people let a run go on. */
class ApprovalTest {
  private final Engine engine = Engine.shared();
  private final World world = engine.world();

  @Test
  void theApproverSeesCommitReleaseAndWhatIsLive() {
    var question = world.start().awaitsQuestion();

    assertThat(question.id()).isEqualTo("production/1");
    assertThat(question.subject()).isEqualTo("Release 00000000 to production?");
    assertThat(question.shown())
        .contains(
            "commit 00000000 a change, by Ann <ann@example.com>",
            "nothing is live yet; this becomes release 1");
    assertThat(Duration.between(question.askedAt(), question.escalatesAt()))
        .isEqualTo(Duration.ofMinutes(30));
    assertThat(Duration.between(question.askedAt(), question.expiresAt()))
        .isEqualTo(Duration.ofHours(2));
  }

  @Test
  void whoeverItEscalatesToMayApproveAfterThirtyMinutes() {
    world.pipeline = Pipelines.shop(Pipelines.asks(policy(List.of("bea"), 1)));
    var run = world.start();
    run.awaitsQuestion();
    run.approves("eve");
    run.awaits(state -> told(state, Kind.NOTE).size() == 1);

    engine.after(Duration.ofMinutes(31), () -> run.approves("eve"));
    var end = run.endsAs(RunStatus.SUCCEEDED);

    assertThat(told(end, Kind.ESCALATED))
        .containsExactly(
            "nobody decided within 30m: Release 00000000 to production? Now asking eve");
    assertThat(told(end, Kind.WAITING)).hasSize(1);
    assertThat(told(end, Kind.DECIDED)).containsExactly("eve said yes");
    run.keeps("escalated");
  }

  @Test
  void aNoEndsTheRunAndNothingGoesBackToItsRelease() {
    var run = world.start();
    run.awaitsQuestion();
    run.rejects("bea", "prices are wrong");

    var end = run.endsAs(RunStatus.REJECTED);

    assertThat(end.reason()).isEqualTo("bea said no: prices are wrong");
    assertThat(end.decisions()).extracting(Decision::answer).containsExactly(Answer.REJECT);
    assertThat(world.undone()).isEmpty();
    assertThat(world.live("staging")).isEqualTo(1);
    assertThat(world.events("staging")).contains(new Discredited(1, 1, "rejected"));
    assertThat(world.live("production")).isEqualTo(-1);
    run.keeps("rejected");
  }

  @Test
  void anUpdateAnswersWhetherItCounts() {
    world.pipeline = Pipelines.shop(Pipelines.asks(policy(List.of("bea"), 1)));
    var run = world.start();
    run.awaitsQuestion();

    assertThatThrownBy(() -> run.decides(Answer.APPROVE, "dan"))
        .isInstanceOf(WorkflowUpdateException.class)
        .rootCause()
        .hasMessageContaining("dan is not one of those who may decide: bea");
    assertThatThrownBy(() -> run.stub().update("decide", RunState.class, Map.of("by", "bea")))
        .rootCause()
        .hasMessageContaining("the answer is missing");
    assertThatThrownBy(() -> run.stub().update("decide", RunState.class, List.of(1)))
        .isInstanceOf(WorkflowException.class);
    assertThatThrownBy(
            () ->
                run.stub()
                    .update(
                        "decide",
                        RunState.class,
                        new DecisionRequest(Answer.APPROVE, "bea", null, "staging/1")))
        .rootCause()
        .hasMessageContaining("the open question is production/1");
    var answered = run.decides(Answer.APPROVE, "bea");

    assertThat(answered.decisions()).extracting(Decision::by).containsExactly("bea");
    run.endsAs(RunStatus.SUCCEEDED);
    run.keeps("decided-by-update");
    assertThatThrownBy(() -> run.decides(Answer.APPROVE, "bea"))
        .isInstanceOf(WorkflowException.class);
  }

  @Test
  void sloppySignalsAreNotedAndHarmNothing() {
    var run = world.start();
    run.awaitsQuestion();
    var stub = run.stub();
    stub.signal("approve", List.of("garbage"));
    stub.signal("approve", 12);
    stub.signal("approve", Map.of("by", Map.of("deep", 1)));
    stub.signal("approve", Map.of("by", "bea", "question", "staging/7"));
    stub.signal("approve", Map.of("by", "bea", "answer", "REJECT"));
    stub.signal("approve", Map.of("by", "   "));
    stub.signal("environmentAnswered");
    stub.signal("environmentAnswered", "garbage");
    stub.signal("environmentAnswered", Map.of("type", "superseded", "by", 99));
    stub.signal(
        "environmentAnswered", Map.of("type", "superseded", "environment", "moon", "by", 99));
    var state = run.awaits(now -> told(now, Kind.NOTE).size() == 6);
    assertThat(state.question()).isNotNull();
    assertThat(told(state, Kind.NOTE)).allMatch(note -> note.contains("does not count"));

    stub.signal("approve", "bea");

    var end = run.endsAs(RunStatus.SUCCEEDED);
    assertThat(end.decisions()).extracting(Decision::by).containsExactly("bea");
    assertThat(run.events(io.temporal.api.enums.v1.EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED))
        .isZero();
    run.keeps("sloppy-signals");
  }

  @Test
  void aSignalWithoutInputApprovesWhereAnybodyMay() {
    var run = world.start();
    run.awaitsQuestion();

    run.stub().signal("approve");

    var end = run.endsAs(RunStatus.SUCCEEDED);
    assertThat(end.decisions()).extracting(Decision::by).containsExactly("somebody without a name");
  }

  @Test
  void aSignalThatComesWhenNobodyIsAskedIsNotedAndCountsForNoLaterQuestion() {
    world.steps.put("build/compile", World.waitsFor(world.latch));
    var run = world.start();
    run.approves("bea");
    run.awaits(state -> !told(state, Kind.NOTE).isEmpty());
    world.latch.countDown();

    var state = run.awaits(now -> now.question() != null);

    assertThat(told(state, Kind.NOTE))
        .containsExactly("the signal to approve does not count: nobody is asked anything now");
    run.approves("bea");
    run.endsAs(RunStatus.SUCCEEDED);
  }

  @Test
  void aQuorumNeedsDifferentPeople() {
    world.pipeline = Pipelines.shop(Pipelines.asks(policy(List.of(), 2)));
    var run = world.start();
    run.awaitsQuestion();
    run.approves("bea");
    run.approves("Bea");
    var state = run.awaits(now -> !told(now, Kind.NOTE).isEmpty());
    assertThat(Objects.requireNonNull(state.question()).decisions()).hasSize(1);
    assertThat(state.status()).isEqualTo(RunStatus.WAITING);

    run.approves("cem");

    var end = run.endsAs(RunStatus.SUCCEEDED);
    assertThat(end.decisions()).extracting(Decision::by).containsExactly("bea", "cem");
    assertThat(told(end, Kind.WAITING)).hasSize(1);
  }

  @Test
  void halfAQuorumIsKeptWhenTheQuestionExpires() {
    world.pipeline = Pipelines.shop(Pipelines.asks(policy(List.of(), 2)));

    var end = world.start().approvedBy("bea").endsAs(RunStatus.EXPIRED);

    assertThat(end.decisions()).extracting(Decision::by).containsExactly("bea");
  }

  @Test
  void withoutAutoPassPeopleAreAskedWhenTheStageHasPassed() {
    world.pipeline = Pipelines.shop(Pipelines.asksAfterwards());
    var run = world.start();

    var question = run.awaitsQuestion();

    assertThat(question.id()).isEqualTo("after/production");
    assertThat(world.runs("production")).isEqualTo(World.commit(1));
    assertThat(world.live("production")).isEqualTo(-1);
    run.approves("bea");
    run.endsAs(RunStatus.SUCCEEDED);
    assertThat(world.live("production")).isEqualTo(1);
  }

  @Test
  void aNoAfterTheStageTakesItBack() {
    world.pipeline = Pipelines.shop(Pipelines.asksAfterwards());
    var run = world.start();
    run.awaitsQuestion();
    run.rejects("bea", "ugly");

    var end = run.endsAs(RunStatus.REJECTED);

    assertThat(world.undone())
        .containsExactly("undo/production/assets", "undo/production/application");
    assertThat(world.runs("production")).isNull();
    assertThat(world.events("production"))
        .singleElement()
        .isInstanceOfSatisfying(Undone.class, undone -> assertThat(undone.held()).isTrue());
    assertThat(told(end, Kind.ROLLED_BACK)).hasSize(1);
  }

  @Test
  void questionsOfStagesThatRunAtTheSameTimeAreAskedOneAfterTheOther() {
    world.pipeline =
        Pipelines.of(
            Pipelines.stage("a", List.of(), null, Pipelines.asks(policy(List.of(), 1))),
            Pipelines.stage("b", List.of(), null, Pipelines.asks(policy(List.of(), 1))));
    var run = world.start();

    assertThat(run.awaitsQuestion().id()).isEqualTo("before/a");
    run.approves("bea");
    run.awaits(state -> state.question() != null && state.question().id().equals("before/b"));
    run.approves("bea");

    assertThat(run.endsAs(RunStatus.SUCCEEDED).decisions()).hasSize(2);
  }

  private static ApprovalPolicy policy(List<String> from, int quorum) {
    return new ApprovalPolicy(
        from,
        quorum,
        false,
        Duration.ofMinutes(30),
        List.of("eve"),
        Duration.ofHours(2),
        OnExpire.ROLLBACK);
  }
}
