package dev.slipway.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.slipway.action.FailureType;
import dev.slipway.evidence.TestResult;
import dev.slipway.json.Json;
import dev.slipway.json.Payloads;
import dev.slipway.step.StepFailure;
import dev.slipway.step.StepOutcome;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.common.converter.RawValue;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.failure.TimeoutFailure;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

class StepResultTest {
  private static final StepOutcome OUTCOME =
      StepOutcome.of("12 passed")
          .withEvidence(
              List.of(new TestResult("junit.xml", TestResult.Basis.REPORT, 12, 0, 0, List.of())))
          .withOutputs(Map.of("image", "shop@sha256:1"));

  @Example
  void anOutcomeIsRead() {
    assertThat(answer(Json.text(OUTCOME))).isEqualTo(new StepResult.Done(OUTCOME));
  }

  @Example
  void whatANewerWorkerAddsIsIgnored() {
    assertThat(
            answer(
                "{\"evidence\":[],\"artifacts\":[],\"outputs\":{},\"summary\":\"s\",\"new\":[1]}"))
        .isEqualTo(new StepResult.Done(StepOutcome.of("s")));
  }

  @Example
  void everyOutcomeThatCanNotBeReadIsAFailure() {
    var unreadable =
        List.of(
            "",
            "null",
            "{}",
            "[]",
            "12",
            "\"done\"",
            "{\"summary\":\"done\"}",
            "{\"evidence\":null,\"artifacts\":[],\"outputs\":{},\"summary\":\"s\"}",
            "{\"evidence\":[null],\"artifacts\":[],\"outputs\":{},\"summary\":\"s\"}",
            "{\"evidence\":[],\"artifacts\":[null],\"outputs\":{},\"summary\":\"s\"}",
            "{\"evidence\":[],\"artifacts\":[{\"name\":\"a\"}],\"outputs\":{},\"summary\":\"s\"}",
            evidence("{\"kind\":\"vibes\"}"),
            evidence("{\"kind\":\"test_result\"}"),
            evidence(
                "{\"kind\":\"test_result\",\"source\":\"a\",\"passed\":1,\"failed\":0,"
                    + "\"skipped\":0,\"failures\":[]}"),
            evidence(
                "{\"kind\":\"test_result\",\"source\":\"a\",\"basis\":\"REPORT\",\"passed\":1,"
                    + "\"skipped\":0,\"failures\":[]}"),
            evidence(
                "{\"kind\":\"test_result\",\"source\":\"a\",\"basis\":\"REPORT\",\"passed\":9,"
                    + "\"failed\":-1,\"skipped\":0,\"failures\":[]}"),
            evidence("{\"kind\":\"coverage\",\"source\":\"a\",\"coveredLines\":9,\"lines\":3}"),
            Json.text(StepOutcome.of("x".repeat(StepOutcome.MOST_BYTES))));

    for (var json : unreadable) {
      assertThat(answer(json))
          .as(json)
          .isInstanceOfSatisfying(
              StepResult.Failed.class,
              failed -> {
                assertThat(failed.failure().type()).isEqualTo(FailureType.CONFIGURATION);
                assertThat(failed.failure().happened())
                    .startsWith("the outcome of unit can't be read");
              });
    }
  }

  @Example
  void anAnswerThatIsNoJsonIsAFailure() {
    for (var encoding : List.of("binary/null", "binary/plain", "json/protobuf", "")) {
      var payload =
          Payload.newBuilder()
              .putMetadata("encoding", ByteString.copyFromUtf8(encoding))
              .setData(ByteString.copyFromUtf8(Json.text(OUTCOME)))
              .build();
      assertThat(StepResult.ofAnswer("unit", new RawValue(payload)))
          .isInstanceOf(StepResult.Failed.class);
    }
    assertThat(StepResult.ofAnswer("unit", new RawValue(Payload.getDefaultInstance())))
        .isInstanceOf(StepResult.Failed.class);
    assertThat(StepResult.ofAnswer("unit", null)).isInstanceOf(StepResult.Failed.class);
  }

  @Property(tries = 300)
  void readingBytesNeverThrows(@ForAll byte[] bytes) {
    var payload =
        Payload.newBuilder()
            .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
            .setData(ByteString.copyFrom(bytes))
            .build();

    assertThat(StepResult.ofAnswer("unit", new RawValue(payload)))
        .isInstanceOf(StepResult.Failed.class);
  }

  @Example
  void aFailureCarriesItsDetail() {
    var detail = StepFailure.of(FailureType.TESTS_FAILED, "2 failed", "mend them");

    assertThat(failure(ApplicationFailure.newFailure("x", "TESTS_FAILED", detail)))
        .isEqualTo(detail);
  }

  @Example
  void aFailureWithoutAReadableDetailKeepsItsTypeAndMessage() {
    List<@Nullable Object> details =
        java.util.Arrays.asList(null, "text", 12, Map.of("type", "NOPE"), Map.of(), List.of(1));
    for (var detail : details) {
      var failure = failure(ApplicationFailure.newFailure("boom", "UNHEALTHY", detail));
      assertThat(failure.type()).isEqualTo(FailureType.UNHEALTHY);
      assertThat(failure.happened()).isEqualTo("unit failed: boom");
    }
  }

  @Example
  void aFailureOfUnknownTypeIsOneOfTheMachine() {
    assertThat(failure(ApplicationFailure.newFailure("boom", "java.lang.Error")).type())
        .isEqualTo(FailureType.INFRASTRUCTURE);
  }

  @Example
  void aStopIsNoFault() {
    assertThat(failure(new CanceledFailure("stop")).type()).isEqualTo(FailureType.CANCELLED);
  }

  @Example
  void timeLimitsSayWhatRanOut() {
    assertThat(timeout(TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE)).isEqualTo(FailureType.TIMEOUT);
    assertThat(timeout(TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_CLOSE)).isEqualTo(FailureType.TIMEOUT);
    assertThat(timeout(TimeoutType.TIMEOUT_TYPE_HEARTBEAT)).isEqualTo(FailureType.INFRASTRUCTURE);
    assertThat(timeout(TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START))
        .isEqualTo(FailureType.INFRASTRUCTURE);
  }

  private static FailureType timeout(TimeoutType type) {
    return failure(new TimeoutFailure("late", null, type)).type();
  }

  private static StepFailure failure(TemporalFailure failure) {
    failure.setDataConverter(Payloads.converter());
    return ((StepResult.Failed) StepResult.ofFailure("unit", failure)).failure();
  }

  private static StepResult answer(String json) {
    return StepResult.ofAnswer(
        "unit",
        new RawValue(
            Payload.newBuilder()
                .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
                .setData(ByteString.copyFrom(json.getBytes(UTF_8)))
                .build()));
  }

  private static String evidence(String fact) {
    return "{\"evidence\":[" + fact + "],\"artifacts\":[],\"outputs\":{},\"summary\":\"s\"}";
  }
}
