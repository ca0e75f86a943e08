package dev.slipway.pipeline.file;

import dev.slipway.pipeline.Stage.OnFailure;
import dev.slipway.pipeline.Stage.RetryConfig;
import java.time.Duration;
import java.util.List;

/** Reads a stage with its steps and its gate. */
final class StageReader {
  private static final int MOST_RETRIES = 100;
  private static final RetryConfig STANDARD_RETRY = new RetryConfig(1, Duration.ofSeconds(10));
  private static final List<String> KNOWN =
      List.of(
          "name",
          "steps",
          "gate",
          "onFailure",
          "retryConfig",
          "environment",
          "parallel",
          "needs",
          "redeploy");

  private final StepReader stepReader;

  StageReader(StepReader stepReader) {
    this.stepReader = stepReader;
  }

  StageDraft read(Value value) {
    var fields = value.fields().only(KNOWN);
    var environment = fields.get("environment").filter(name -> name.text().isPresent());
    var onFailure =
        fields.get("onFailure").flatMap(word -> word.word(OnFailure.class)).orElse(OnFailure.STOP);
    return new StageDraft(
        value,
        fields.required("name", "give the stage a name").flatMap(Names::name).orElse(value.path()),
        steps(fields),
        fields.get("gate").map(GateDraft::read).orElse(GateDraft.NONE),
        onFailure,
        retry(fields, onFailure),
        fields.get("parallel").flatMap(Value::flag).orElse(false),
        fields.get("needs").flatMap(Value::listOrOne),
        environment,
        environment.flatMap(Value::text),
        fields.get("redeploy").flatMap(Value::flag).orElse(false));
  }

  private List<StepDraft> steps(Fields fields) {
    return fields
        .required("steps", "list what the stage does")
        .flatMap(Value::listOfSome)
        .orElse(List.of())
        .stream()
        .flatMap(step -> stepReader.read(step).stream())
        .toList();
  }

  private static RetryConfig retry(Fields fields, OnFailure onFailure) {
    var written = fields.get("retryConfig");
    var retry = written.map(StageReader::retry).orElse(STANDARD_RETRY);
    if (onFailure == OnFailure.RETRY) {
      return retry;
    }
    written.ifPresent(
        value ->
            value.warning(
                "`retryConfig` has no effect without `onFailure: retry`",
                "remove it, or write `onFailure: retry`"));
    return RetryConfig.NONE;
  }

  private static RetryConfig retry(Value value) {
    var fields = value.fields().only(List.of("maxAttempts", "intervalMs"));
    return new RetryConfig(
        fields
            .get("maxAttempts")
            .flatMap(count -> count.count(1, MOST_RETRIES))
            .orElse(STANDARD_RETRY.maxAttempts()),
        fields
            .get("intervalMs")
            .flatMap(interval -> interval.duration(Duration.ZERO, StepReader.LONGEST))
            .orElse(STANDARD_RETRY.interval()));
  }
}
