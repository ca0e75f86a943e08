package dev.slipway.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.approval.ApprovalDecider.Escalation;
import dev.slipway.approval.ApprovalDecider.Reception;
import dev.slipway.approval.Decision.Answer;
import dev.slipway.pipeline.ApprovalPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovalDeciderTest {
  private static final String AUTHOR = "Ann Lee <ann.lee@example.com>";

  @Test
  void anybodyMayDecideWhenNobodyIsNamed() {
    assertThat(receive(policy(List.of(), 1), approval("somebody"))).isEqualTo(counted());
  }

  @Test
  void onlyThoseWhoAreNamedMayDecide() {
    var policy = policy(List.of("bea", "cem"), 1);

    assertThat(receive(policy, approval("cem"))).isEqualTo(counted());
    assertThat(receive(policy, approval("dan")))
        .isEqualTo(new Reception.Refused("dan is not one of those who may decide: bea, cem"));
    assertThat(receive(policy, rejection("dan"))).isInstanceOf(Reception.Refused.class);
  }

  @Test
  void thoseItEscalatesToMayDecideFromThenOn() {
    var policy = policy(List.of("bea"), 1);

    assertThat(receive(policy, approval("eve"))).isInstanceOf(Reception.Refused.class);
    assertThat(
            ApprovalDecider.receive(
                policy, question(), approval("eve"), AUTHOR, Escalation.ESCALATED))
        .isEqualTo(counted());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ann Lee",
        "ann lee",
        "Ann",
        "lee",
        "ann.lee@example.com",
        "ANN.LEE@example.com",
        "ann.lee",
        "Ann Lee <ann.lee@example.com>"
      })
  void theAuthorCanNotApproveHoweverTheyCallThemselves(String by) {
    assertThat(receive(notTheAuthor(), approval(by)))
        .isEqualTo(new Reception.Refused(by + " wrote the commit and can't approve it"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"an", "e", "example", "bea", "leeann"})
  void whoeverIsNotTheAuthorMayApprove(String by) {
    assertThat(receive(notTheAuthor(), approval(by))).isEqualTo(counted());
  }

  @Test
  void theAuthorMayReject() {
    assertThat(receive(notTheAuthor(), rejection("ann"))).isEqualTo(counted());
  }

  @Test
  void theAuthorMayApproveWhereThePolicyDoesNotMind() {
    assertThat(receive(policy(List.of(), 1), approval("ann"))).isEqualTo(counted());
  }

  @Test
  void nobodyDecidesTwice() {
    var asked = question(approval("bea"));

    for (var by : List.of("bea", "BEA")) {
      assertThat(
              ApprovalDecider.receive(
                  policy(List.of(), 2), asked, approval(by), AUTHOR, Escalation.NOT_YET))
          .isEqualTo(new Reception.Refused(by + " has already decided"));
    }
  }

  @Test
  void anAnswerWithoutAPersonDoesNotCount() {
    assertThat(receive(policy(List.of(), 1), approval(" "))).isInstanceOf(Reception.Refused.class);
  }

  @Property
  void aQuorumIsReachedByThatManyDifferentPeopleAndNotBefore(
      @ForAll("names") List<String> arriving, @ForAll @IntRange(min = 1, max = 4) int quorum) {
    var policy = policy(List.of(), quorum);
    var decisions = new ArrayList<Decision>();
    for (var by : arriving) {
      var asked = question(decisions.toArray(Decision[]::new));
      if (ApprovalDecider.receive(policy, asked, approval(by), AUTHOR, Escalation.NOT_YET)
          instanceof Reception.Counted) {
        decisions.add(approval(by));
      }
    }

    var people = new LinkedHashSet<String>();
    arriving.forEach(name -> people.add(name.toLowerCase(Locale.ROOT)));
    assertThat(ApprovalDecider.isApproved(policy, decisions)).isEqualTo(people.size() >= quorum);
  }

  @Provide
  Arbitrary<List<String>> names() {
    return Arbitraries.of("bea", "Bea", "cem", "dan", "eve").list().ofMaxSize(8);
  }

  private static Reception counted() {
    return new Reception.Counted();
  }

  private static Reception receive(ApprovalPolicy policy, Decision decision) {
    return ApprovalDecider.receive(policy, question(), decision, AUTHOR, Escalation.NOT_YET);
  }

  private static ApprovalPolicy policy(List<String> from, int quorum) {
    return policy(from, quorum, false);
  }

  private static ApprovalPolicy notTheAuthor() {
    return policy(List.of(), 1, true);
  }

  private static ApprovalPolicy policy(List<String> from, int quorum, boolean notTheAuthor) {
    return new ApprovalPolicy(
        from,
        quorum,
        notTheAuthor,
        Duration.ofMinutes(30),
        List.of("eve"),
        Duration.ofHours(2),
        ApprovalPolicy.OnExpire.ROLLBACK);
  }

  private static Question question(Decision... decisions) {
    return new Question(
        "production/1",
        "Release?",
        List.of(),
        List.of(),
        1,
        Instant.EPOCH,
        null,
        Instant.EPOCH,
        List.of(decisions));
  }

  private static Decision approval(String by) {
    return new Decision(Answer.APPROVE, by, null, Instant.EPOCH);
  }

  private static Decision rejection(String by) {
    return new Decision(Answer.REJECT, by, null, Instant.EPOCH);
  }
}
