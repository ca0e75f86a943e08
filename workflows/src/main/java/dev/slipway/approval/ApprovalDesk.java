package dev.slipway.approval;

import dev.slipway.alarm.Alarm;
import dev.slipway.approval.ApprovalDecider.Escalation;
import dev.slipway.approval.ApprovalDecider.Reception;
import dev.slipway.approval.Decision.Answer;
import dev.slipway.pipeline.ApprovalPolicy;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a run waits for people, with one question at a time. Messages and alarms write one outcome,
 * and the first in the history wins.
 */
public final class ApprovalDesk {
  private final Bell bell;
  private final Map<String, String> pointless = new LinkedHashMap<>();
  private @Nullable Asked asked;

  /** Tells people. */
  public interface Bell {
    /** A question is open, was answered in part, or is closed when null. */
    void changed(@Nullable Question question);

    /** Others are told now. */
    void escalated(Question question, ApprovalPolicy policy);
  }

  /** How a question ended. */
  public sealed interface Outcome {
    /** Enough people said yes. */
    record Approved(List<Decision> decisions) implements Outcome {}

    /** One said no. */
    record Rejected(Decision decision) implements Outcome {}

    /** Nobody settled it in time. */
    record Expired(Duration after) implements Outcome {}

    /** Something made the question pointless. */
    record Withdrawn(String reason) implements Outcome {}
  }

  public ApprovalDesk(Bell bell) {
    this.bell = bell;
  }

  /**
   * Asks and waits until the question is settled; a cancelled run ends the wait. Its time begins
   * when no other question of the run is open.
   */
  public Outcome ask(Matter matter) {
    Workflow.await(() -> asked == null);
    var withdrawn = matter.environment() == null ? null : pointless.get(matter.environment());
    if (withdrawn != null) {
      return new Outcome.Withdrawn(withdrawn);
    }
    var policy = matter.policy();
    var open = new Asked(matter, question(matter, now()));
    asked = open;
    bell.changed(open.question);
    try (var _ = escalation(open);
        var _ =
            Alarm.after(
                policy.expireAfter(),
                () -> open.settle(new Outcome.Expired(policy.expireAfter())))) {
      Workflow.await(() -> open.outcome != null);
    } finally {
      asked = null;
      bell.changed(null);
    }
    if (open.outcome == null) {
      throw new IllegalStateException("a question can't end without an outcome");
    }
    return open.outcome;
  }

  /** Whether a question is open, so that the next one has to wait. */
  public boolean isAsking() {
    return asked != null;
  }

  /** Why an answer would not count now; empty text when it would. */
  public String refusal(Answer answer, DecisionRequest request) {
    var open = asked;
    if (open == null || open.outcome != null) {
      return "nobody is asked anything now";
    }
    if (request.question() != null && !request.question().equals(open.question.id())) {
      return "the open question is %s and not %s".formatted(open.question.id(), request.question());
    }
    return switch (open.receive(decision(answer, request))) {
      case Reception.Counted() -> "";
      case Reception.Refused(var reason) -> reason;
    };
  }

  /** Takes an answer that counts; the decision, for the record. */
  public Decision take(Answer answer, DecisionRequest request) {
    var open = asked;
    if (open == null) {
      throw new IllegalStateException("nobody is asked anything now");
    }
    var decision = decision(answer, request);
    open.take(decision);
    bell.changed(open.question);
    return decision;
  }

  /** Closes the question about this environment without a decision, also one not yet asked. */
  public void withdraw(String environment, String reason) {
    pointless.putIfAbsent(environment, reason);
    if (asked != null && environment.equals(asked.matter.environment())) {
      asked.settle(new Outcome.Withdrawn(reason));
    }
  }

  private static Question question(Matter matter, Instant now) {
    var policy = matter.policy();
    return new Question(
        matter.id(),
        matter.subject(),
        matter.shown(),
        policy.from(),
        policy.quorum(),
        now,
        now.plus(policy.escalateAfter()),
        now.plus(policy.expireAfter()),
        List.of());
  }

  private Alarm escalation(Asked open) {
    return Alarm.after(
        open.matter.policy().escalateAfter(),
        () -> {
          if (open.outcome == null) {
            open.escalate();
            bell.escalated(open.question, open.matter.policy());
          }
        });
  }

  private static Decision decision(Answer answer, DecisionRequest request) {
    var by = request.by();
    return new Decision(
        answer, by == null ? Decision.NAMELESS : by.strip(), request.comment(), now());
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }

  /** A question while it is open. */
  private static final class Asked {
    private final Matter matter;
    private Question question;
    private Escalation escalation = Escalation.NOT_YET;
    private @Nullable Outcome outcome;

    Asked(Matter matter, Question question) {
      this.matter = matter;
      this.question = question;
    }

    Reception receive(Decision decision) {
      return ApprovalDecider.receive(
          matter.policy(), question, decision, matter.author(), escalation);
    }

    void take(Decision decision) {
      var decisions = new ArrayList<>(question.decisions());
      decisions.add(decision);
      question = with(decisions, question.escalatesAt());
      if (decision.answer() == Answer.REJECT) {
        settle(new Outcome.Rejected(decision));
      } else if (ApprovalDecider.isApproved(matter.policy(), decisions)) {
        settle(new Outcome.Approved(List.copyOf(decisions)));
      }
    }

    void escalate() {
      escalation = Escalation.ESCALATED;
      var from = new ArrayList<>(matter.policy().from());
      if (!from.isEmpty()) {
        from.addAll(matter.policy().escalateTo());
      }
      question =
          new Question(
              question.id(),
              question.subject(),
              question.shown(),
              from,
              question.quorum(),
              question.askedAt(),
              null,
              question.expiresAt(),
              question.decisions());
    }

    void settle(Outcome how) {
      if (outcome == null) {
        outcome = how;
      }
    }

    private Question with(List<Decision> decisions, @Nullable Instant escalatesAt) {
      return new Question(
          question.id(),
          question.subject(),
          question.shown(),
          question.from(),
          question.quorum(),
          question.askedAt(),
          escalatesAt,
          question.expiresAt(),
          decisions);
    }
  }
}
