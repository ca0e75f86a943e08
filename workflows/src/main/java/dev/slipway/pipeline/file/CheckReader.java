package dev.slipway.pipeline.file;

import dev.slipway.evidence.EvidenceKind;
import dev.slipway.pipeline.Check;
import dev.slipway.pipeline.Check.Condition;
import dev.slipway.pipeline.Threshold;
import java.util.List;
import java.util.Optional;

/** Reads a check into one that can be true and can be false. */
final class CheckReader {
  private CheckReader() {}

  static Optional<Check> read(Value value) {
    var fields = value.fields().only(List.of("type", "condition", "threshold"));
    var type =
        fields
            .required(
                "type", "what it asks about: test_result, coverage, security_scan or signature")
            .flatMap(word -> word.word(EvidenceKind.class));
    var condition =
        fields.required("condition", "gte, lte or eq").flatMap(word -> word.word(Condition.class));
    var threshold = fields.required("threshold", "a number, or a word such as pass");
    if (type.isEmpty() || condition.isEmpty() || threshold.isEmpty()) {
      return Optional.empty();
    }
    return switch (type.get()) {
      case TEST_RESULT -> onlyEquals(type.get(), condition.get(), "pass", value, threshold.get());
      case SECURITY_SCAN ->
          condition.get() == Condition.LTE
              ? mostFindings(threshold.get())
              : onlyEquals(type.get(), condition.get(), "clean", value, threshold.get());
      case SIGNATURE -> onlyEquals(type.get(), condition.get(), "valid", value, threshold.get());
      case COVERAGE -> coverage(condition.get(), value, threshold.get());
      case PERFORMANCE_BASELINE -> {
        value.error("`performance_baseline` is not supported yet", "remove the check");
        yield Optional.empty();
      }
    };
  }

  private static Optional<Check> onlyEquals(
      EvidenceKind type, Condition condition, String word, Value check, Value threshold) {
    if (condition == Condition.EQ && threshold.text().equals(Optional.of(word))) {
      return Optional.of(new Check(type, condition, new Threshold.Word(word)));
    }
    check.error(
        "a `%s` check can only ask for `eq %s`".formatted(type.label(), word),
        "write {type: %s, condition: eq, threshold: %s}".formatted(type.label(), word));
    return Optional.empty();
  }

  private static Optional<Check> mostFindings(Value threshold) {
    return threshold
        .count(0, Integer.MAX_VALUE)
        .map(
            most ->
                new Check(EvidenceKind.SECURITY_SCAN, Condition.LTE, new Threshold.Limit(most)));
  }

  private static Optional<Check> coverage(Condition condition, Value check, Value threshold) {
    if (condition != Condition.GTE) {
      check.error(
          "a `coverage` check with `%s` would fail better tests".formatted(Value.word(condition)),
          "write `condition: gte`");
      return Optional.empty();
    }
    var percent = threshold.decimal();
    if (percent.isPresent() && (percent.get() < 0 || percent.get() > 100)) {
      return threshold.mustBe("a number of percent, from 0 to 100");
    }
    return percent.map(
        limit -> new Check(EvidenceKind.COVERAGE, condition, new Threshold.Limit(limit)));
  }
}
