package dev.slipway.run;

import dev.slipway.action.FailureType;
import dev.slipway.json.Json;
import dev.slipway.step.StepFailure;
import dev.slipway.step.StepOutcome;
import io.temporal.common.converter.EncodingKeys;
import io.temporal.common.converter.RawValue;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.failure.TimeoutFailure;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What came of performing a step once. Reading it never fails: the unreadable is a failure. */
sealed interface StepResult {
  /** It did its work. */
  record Done(StepOutcome outcome) implements StepResult {}

  /** It did not. */
  record Failed(StepFailure failure) implements StepResult {}

  /** Reads what the activity answered. */
  static StepResult ofAnswer(String action, @Nullable RawValue answer) {
    if (answer == null) {
      return unreadable(action, "it answered nothing");
    }
    var payload = answer.getPayload();
    var encoding =
        payload
            .getMetadataOrDefault(
                EncodingKeys.METADATA_ENCODING_KEY, com.google.protobuf.ByteString.EMPTY)
            .toString(StandardCharsets.UTF_8);
    if (!encoding.equals("json/plain")) {
      return unreadable(action, "its answer is " + encoding + " and not JSON");
    }
    if (payload.getData().size() > StepOutcome.MOST_BYTES) {
      return unreadable(action, "its answer has %d bytes".formatted(payload.getData().size()));
    }
    try {
      return new Done(Json.read(payload.getData().toByteArray(), StepOutcome.class).checked());
    } catch (RuntimeException e) {
      return unreadable(action, "its answer can't be read: " + e.getMessage());
    }
  }

  /** Reads why the activity failed. */
  static StepResult ofFailure(String action, TemporalFailure failure) {
    var cause =
        failure instanceof ActivityFailure && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return switch (cause) {
      case CanceledFailure ignored ->
          failed(FailureType.CANCELLED, action + " was stopped", "Start a new run when it is due.");
      case TimeoutFailure timeout -> ofTimeout(action, timeout);
      case ApplicationFailure application -> ofApplication(action, application);
      default ->
          failed(
              FailureType.INFRASTRUCTURE,
              "%s failed: %s".formatted(action, cause.getMessage()),
              "See the worker's log.");
    };
  }

  private static StepResult ofTimeout(String action, TimeoutFailure timeout) {
    return switch (timeout.getTimeoutType()) {
      case TIMEOUT_TYPE_HEARTBEAT ->
          failed(
              FailureType.INFRASTRUCTURE,
              "the worker that performed %s was lost".formatted(action),
              "See whether a worker runs: `slipway doctor`.");
      case TIMEOUT_TYPE_SCHEDULE_TO_START ->
          failed(
              FailureType.INFRASTRUCTURE,
              "no worker took %s from its queue".formatted(action),
              "Start a worker on the step's queue.");
      case TIMEOUT_TYPE_START_TO_CLOSE,
          TIMEOUT_TYPE_SCHEDULE_TO_CLOSE,
          TIMEOUT_TYPE_UNSPECIFIED,
          UNRECOGNIZED ->
          failed(
              FailureType.TIMEOUT,
              action + " took longer than its time limit",
              "Raise the step's `timeout`, or see in its log what it waits for.");
    };
  }

  private static StepResult ofApplication(String action, ApplicationFailure failure) {
    try {
      var detail = failure.getDetails().get(0, StepFailure.class);
      if (detail != null) {
        return new Failed(detail.checked());
      }
    } catch (RuntimeException e) {
      // A worker of another version or language may say why in another way: its message remains.
    }
    return failed(
        typeOf(failure.getType()),
        "%s failed: %s".formatted(action, failure.getOriginalMessage()),
        "See the step's log.");
  }

  private static FailureType typeOf(String name) {
    for (var type : FailureType.values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    return FailureType.INFRASTRUCTURE;
  }

  private static StepResult unreadable(String action, String how) {
    return failed(
        FailureType.CONFIGURATION,
        "the outcome of %s can't be read: %s".formatted(action, how),
        "Run a worker whose version fits this run.");
  }

  private static StepResult failed(FailureType type, String happened, String advice) {
    return new Failed(StepFailure.of(type, happened, advice));
  }
}
