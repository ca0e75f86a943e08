package dev.slipway.pipeline.file;

import dev.slipway.pipeline.ApprovalPolicy;
import dev.slipway.pipeline.ApprovalPolicy.OnExpire;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a file says about an approval; what it does not say comes from elsewhere. */
record ApprovalDraft(
    Optional<List<String>> from,
    Optional<Integer> quorum,
    Optional<Boolean> notTheAuthor,
    Optional<Duration> escalateAfter,
    Optional<List<String>> escalateTo,
    Optional<Duration> expireAfter,
    Optional<OnExpire> onExpire) {
  static final ApprovalDraft NONE =
      new ApprovalDraft(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private static final int MOST_PEOPLE = 100;
  private static final Duration LONGEST = Duration.ofDays(30);
  private static final List<String> KNOWN =
      List.of(
          "from",
          "quorum",
          "notTheAuthor",
          "escalateAfter",
          "escalateTo",
          "expireAfter",
          "onExpire");

  static ApprovalDraft read(Value value) {
    var fields = value.fields().only(KNOWN);
    return new ApprovalDraft(
        fields.get("from").map(Value::texts),
        fields.get("quorum").flatMap(quorum -> quorum.count(1, MOST_PEOPLE)),
        fields.get("notTheAuthor").flatMap(Value::flag),
        fields.get("escalateAfter").flatMap(ApprovalDraft::wait),
        fields.get("escalateTo").map(Value::texts),
        fields.get("expireAfter").flatMap(ApprovalDraft::wait),
        fields.get("onExpire").flatMap(word -> word.word(OnExpire.class)));
  }

  private static Optional<Duration> wait(Value value) {
    return value.duration(Duration.ofMillis(1), LONGEST);
  }

  /** The policy that this draft and then that one ask for. */
  ApprovalPolicy orElse(ApprovalDraft other, OnExpire onExpireByDefault) {
    var standard = ApprovalPolicy.DEFAULT;
    return new ApprovalPolicy(
        from.or(other::from).orElse(standard.from()),
        quorum.or(other::quorum).orElse(standard.quorum()),
        notTheAuthor.or(other::notTheAuthor).orElse(standard.notTheAuthor()),
        escalateAfter.or(other::escalateAfter).orElse(standard.escalateAfter()),
        escalateTo.or(other::escalateTo).orElse(standard.escalateTo()),
        expireAfter.or(other::expireAfter).orElse(standard.expireAfter()),
        onExpire.or(other::onExpire).orElse(onExpireByDefault));
  }
}
