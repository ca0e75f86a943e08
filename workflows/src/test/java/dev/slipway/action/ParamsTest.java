package dev.slipway.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ParamsTest {
  @Test
  void whatIsThereIsAnswered() {
    var params =
        params(
            """
            {"command": ["npm", "ci"], "path": "dist", "count": 3, "flag": true, "time": "90s",
             "millis": 1500, "env": {"B": "1", "A": 2}, "one": "x", "number": 7}
            """);

    assertThat(params.texts("command")).containsExactly("npm", "ci");
    assertThat(params.texts("one")).containsExactly("x");
    assertThat(params.required("path")).isEqualTo("dist");
    assertThat(params.text("number")).contains("7");
    assertThat(params.count("count", 0)).isEqualTo(3);
    assertThat(params.flag("flag", false)).isTrue();
    assertThat(params.duration("time", Duration.ZERO)).isEqualTo(Duration.ofSeconds(90));
    assertThat(params.duration("millis", Duration.ZERO)).isEqualTo(Duration.ofMillis(1500));
    assertThat(params.textMap("env")).containsExactly(Map.entry("B", "1"), Map.entry("A", "2"));
  }

  @Test
  void whatIsAbsentOrNullHasItsDefault() {
    for (var params : List.of(Params.none(), params("{\"x\": null}"))) {
      assertThat(params.text("x")).isEmpty();
      assertThat(params.text("x", "y")).isEqualTo("y");
      assertThat(params.texts("x")).isEmpty();
      assertThat(params.textMap("x")).isEmpty();
      assertThat(params.count("x", 4)).isEqualTo(4);
      assertThat(params.flag("x", true)).isTrue();
      assertThat(params.duration("x", Duration.ofDays(1))).isEqualTo(Duration.ofDays(1));
      assertThatThrownBy(() -> params.required("x"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("parameter `x` is missing");
    }
  }

  @Test
  void aWrongShapeNamesTheParameter() {
    refuses("{\"x\": {}}", params -> params.text("x"));
    refuses("{\"x\": [[]]}", params -> params.texts("x"));
    refuses("{\"x\": {\"a\": []}}", params -> params.textMap("x"));
    refuses("{\"x\": 1.5}", params -> params.count("x", 0));
    refuses("{\"x\": \"3\"}", params -> params.count("x", 0));
    refuses("{\"x\": 99999999999}", params -> params.count("x", 0));
    refuses("{\"x\": \"yes\"}", params -> params.flag("x", false));
    refuses("{\"x\": \"soon\"}", params -> params.duration("x", Duration.ZERO));
    refuses("{\"x\": \"npm test\"}", params -> params.textMap("x"));
  }

  @Test
  void surviveJson() {
    var params = params("{\"a\": [1, {\"b\": null}]}");

    assertThat(Json.read(Json.bytes(params), Params.class)).isEqualTo(params);
  }

  private static void refuses(String json, Consumer<Params> read) {
    ThrowingCallable reading = () -> read.accept(params(json));
    assertThatThrownBy(reading)
        .as(json)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("`x`");
  }

  private static Params params(String json) {
    try {
      return new Params((ObjectNode) Json.mapper().readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }
}
