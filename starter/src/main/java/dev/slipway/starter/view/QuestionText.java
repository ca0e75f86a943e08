package dev.slipway.starter.view;

import dev.slipway.approval.Decision;
import dev.slipway.approval.Question;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Who is waited for, and until when. */
public final class QuestionText {
  private QuestionText() {}

  /** One line for each fact. */
  public static List<String> waiting(Question question, Instant now) {
    var lines = new ArrayList<String>();
    lines.add(
        "waiting for %s, since %s; closes %s"
            .formatted(
                question.from().isEmpty() ? "anybody" : String.join(", ", question.from()),
                Times.relative(question.askedAt(), now),
                Times.relative(question.expiresAt(), now)));
    if (question.quorum() > 1) {
      var said =
          question.decisions().stream()
              .filter(decision -> decision.answer() == Decision.Answer.APPROVE)
              .map(Decision::by)
              .toList();
      lines.add(
          "%d of %d have approved%s"
              .formatted(
                  said.size(),
                  question.quorum(),
                  said.isEmpty() ? "" : ": " + String.join(", ", said)));
    }
    if (question.escalatesAt() != null) {
      lines.add("others are told " + Times.relative(question.escalatesAt(), now));
    }
    return lines;
  }
}
