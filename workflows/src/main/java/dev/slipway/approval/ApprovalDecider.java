package dev.slipway.approval;

import dev.slipway.approval.Decision.Answer;
import dev.slipway.pipeline.ApprovalPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Decides whether a person's answer counts and whether a question is settled. */
public final class ApprovalDecider {
  private ApprovalDecider() {}

  /** Whether an answer counts. */
  public sealed interface Reception {
    /** It counts. */
    record Counted() implements Reception {}

    /** It does not, and this is why. */
    record Refused(String reason) implements Reception {}
  }

  /**
   * Whether this person may answer.
   *
   * @param author of the commit, as Git has it
   * @param escalated whether those it escalates to may decide as well
   */
  public static Reception receive(
      ApprovalPolicy policy,
      Question question,
      Decision decision,
      String author,
      Escalation escalated) {
    if (decision.by().isBlank()) {
      return new Reception.Refused("it does not say who decides");
    }
    if (decision.by().equals(Decision.NAMELESS) && (policy.notTheAuthor() || policy.quorum() > 1)) {
      return new Reception.Refused("it does not say who decides, which counts here");
    }
    if (!policy.from().isEmpty() && !mayDecide(policy, decision.by(), escalated)) {
      return new Reception.Refused(
          "%s is not one of those who may decide: %s"
              .formatted(decision.by(), String.join(", ", deciders(policy, escalated))));
    }
    if (decision.answer() == Answer.APPROVE
        && policy.notTheAuthor()
        && isAuthor(decision.by(), author)) {
      return new Reception.Refused(decision.by() + " wrote the commit and can't approve it");
    }
    if (question.decisions().stream()
        .anyMatch(earlier -> earlier.by().equalsIgnoreCase(decision.by()))) {
      return new Reception.Refused(decision.by() + " has already decided");
    }
    return new Reception.Counted();
  }

  /** Whether others have been told. */
  public enum Escalation {
    NOT_YET,
    ESCALATED
  }

  /** Whether enough people said yes. */
  public static boolean isApproved(ApprovalPolicy policy, List<Decision> decisions) {
    return decisions.stream().filter(decision -> decision.answer() == Answer.APPROVE).count()
        >= policy.quorum();
  }

  /**
   * Whether a person names themselves like the author: by the name or a part of it, or by the
   * address or what stands before its at sign. In doubt it is the author.
   */
  private static boolean isAuthor(String by, String author) {
    return by.equalsIgnoreCase(author.strip())
        || Stream.concat(
                Stream.of(author.replaceFirst("<.*", "").strip()),
                Arrays.stream(author.split("[\\s<>]+"))
                    .flatMap(part -> Stream.of(part, part.replaceFirst("@.*", ""))))
            .anyMatch(by::equalsIgnoreCase);
  }

  private static boolean mayDecide(ApprovalPolicy policy, String by, Escalation escalated) {
    return deciders(policy, escalated).contains(by);
  }

  private static List<String> deciders(ApprovalPolicy policy, Escalation escalated) {
    var deciders = new ArrayList<>(policy.from());
    if (escalated == Escalation.ESCALATED) {
      deciders.addAll(policy.escalateTo());
    }
    return deciders;
  }
}
