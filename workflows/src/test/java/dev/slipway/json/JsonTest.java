package dev.slipway.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.evidence.TestResult;
import dev.slipway.evidence.TestResult.Basis;
import dev.slipway.pipeline.RunId;
import dev.slipway.run.RunInput;
import dev.slipway.run.RunInput.Rollback;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonTest {
  record Sample(String name, @Nullable Instant at, Duration limit, long number) {
    public boolean isSmall() {
      return number < 10;
    }

    public String getShout() {
      return name + "!";
    }
  }

  @Test
  void recordsAreWrittenByTheirComponentsAlone() {
    var sample = new Sample("a", Instant.EPOCH, Duration.ofSeconds(90), 3);

    assertThat(Json.text(sample))
        .isEqualTo(
            """
            {"name":"a","at":"1970-01-01T00:00:00Z","limit":"PT1M30S","number":3}""");
  }

  @Test
  void absentValuesAreLeftOutAndComeBackAbsent() {
    var sample = new Sample("a", null, Duration.ZERO, 0);

    assertThat(Json.text(sample)).doesNotContain("at\"");
    assertThat(Json.read(Json.bytes(sample), Sample.class)).isEqualTo(sample);
  }

  @Test
  void sealedKindsNameThemselvesAndComeBack() {
    var input =
        new RunInput(
            new RunId("storefront", 12),
            new Rollback(new EnvironmentId("storefront", "production"), null),
            "alex");

    assertThat(Json.text(input))
        .isEqualTo(
            """
            {"id":{"application":"storefront","number":12},"kind":{"type":"rollback","environment":\
            {"application":"storefront","name":"production"}},"by":"alex"}""");
    assertThat(Json.read(Json.bytes(input), RunInput.class)).isEqualTo(input);
  }

  @Test
  void evidenceComesBack() {
    var result = new TestResult("junit.xml", Basis.REPORT, 3, 1, 0, List.of("t"));

    assertThat(Json.read(Json.bytes(result), TestResult.class)).isEqualTo(result);
  }

  @Test
  void fieldsOfANewerWriterAreIgnored() throws JsonProcessingException {
    var read =
        Json.mapper()
            .readValue(
                """
                {"application":"a","number":1,"colour":"red"}""",
                RunId.class);

    assertThat(read).isEqualTo(new RunId("a", 1));
  }
}
