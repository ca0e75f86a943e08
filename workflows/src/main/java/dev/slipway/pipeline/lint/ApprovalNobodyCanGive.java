package dev.slipway.pipeline.lint;

import java.util.stream.Stream;

/** A question that can only expire, or that is escalated when it is too late. */
final class ApprovalNobodyCanGive implements Rule {
  @Override
  public void check(LintedPipeline linted, Findings findings) {
    for (var stage : linted.stages()) {
      var policy = stage.stage().gate().approval();
      if (!stage.asks()) {
        continue;
      }
      var people = Stream.concat(policy.from().stream(), policy.escalateTo().stream()).distinct();
      if (!policy.from().isEmpty() && people.count() < policy.quorum()) {
        findings.error(
            stage.at("gate.approval.quorum"),
            "stage %s asks for %d approvals and names fewer people"
                .formatted(stage.quotedName(), policy.quorum()),
            "name more people in `from`, or lower the quorum");
      }
      if (policy.escalateAfter().compareTo(policy.expireAfter()) >= 0
          && !policy.escalateTo().isEmpty()) {
        findings.warning(
            stage.at("gate.approval.escalateAfter"),
            "the question of stage %s expires before it is escalated".formatted(stage.quotedName()),
            "make `escalateAfter` shorter than `expireAfter`");
      }
    }
  }
}
