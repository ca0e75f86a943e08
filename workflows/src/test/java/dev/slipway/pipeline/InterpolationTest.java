package dev.slipway.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.action.Params;
import dev.slipway.json.Json;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InterpolationTest {
  private static Optional<String> run(Reference reference) {
    return reference instanceof Reference.Output ? Optional.of("${secret:KEY}") : Optional.empty();
  }

  private static Optional<String> worker(Reference reference) {
    return reference instanceof Reference.Secret ? Optional.of("s3cret") : Optional.empty();
  }

  private static Params params(String json) {
    return new Params(Json.read(json.getBytes(UTF_8), ObjectNode.class));
  }

  @Test
  void everyTextOfTheTreeIsResolvedAndNothingElse() throws Exception {
    var params =
        params(
            """
            {"a": "${secret:KEY}", "b": ["x", "${secret:KEY}!", 1], "c": {"${d}": "${secret:KEY}"},
             "e": true, "f": null}
            """);

    assertThat(Interpolation.finish(params, InterpolationTest::worker))
        .isEqualTo(
            params(
                """
                {"a": "s3cret", "b": ["x", "s3cret!", 1], "c": {"${d}": "s3cret"},
                 "e": true, "f": null}
                """));
  }

  @Test
  void aStepsOutputCanNotAskForASecret() throws Exception {
    var sent =
        Interpolation.insert(
            params("{\"a\": \"${output:s.k} ${secret:KEY}\"}"), InterpolationTest::run);

    assertThat(sent.required("a")).isEqualTo("$${secret:KEY} ${secret:KEY}");
    assertThat(Interpolation.finish(sent, InterpolationTest::worker).required("a"))
        .isEqualTo("${secret:KEY} s3cret");
  }

  @Test
  void variablesAreResolvedAlike() throws Exception {
    var sent = Interpolation.insert(Map.of("A", "${output:s.k}$${"), InterpolationTest::run);

    assertThat(Interpolation.finish(sent, InterpolationTest::worker))
        .containsExactly(Map.entry("A", "${secret:KEY}${"));
  }

  @Test
  void whatTheWorkerDoesNotKnowIsNamed() {
    assertThatThrownBy(() -> Interpolation.finish("${secret:KEY}", reference -> Optional.empty()))
        .isInstanceOf(UnknownReferenceException.class)
        .hasMessageContaining("${secret:KEY}");
  }
}
