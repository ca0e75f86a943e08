package dev.slipway.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.slipway.approval.DecisionRequest;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.RawValue;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class DecisionSignalTest {
  private static final Optional<DecisionRequest> NAMELESS =
      Optional.of(new DecisionRequest(null, null, null, null));

  @Example
  void aSignalWithoutInputIsOneWithoutAName() {
    assertThat(DecisionSignal.read(null)).isEqualTo(NAMELESS);
    assertThat(read("")).isEqualTo(NAMELESS);
    assertThat(read("null")).isEqualTo(NAMELESS);
    assertThat(read("{}")).isEqualTo(NAMELESS);
  }

  @Example
  void aTextIsAName() {
    assertThat(read("\"bea\"")).contains(new DecisionRequest(null, "bea", null, null));
  }

  @Example
  void anObjectSaysWhoWhyAndWhat() {
    assertThat(read("{\"by\":\"bea\",\"comment\":\"go\",\"question\":\"production/1\"}"))
        .contains(new DecisionRequest(null, "bea", "go", "production/1"));
    assertThat(read("{\"by\":\"bea\",\"shoe size\":38}"))
        .contains(new DecisionRequest(null, "bea", null, null));
  }

  @Example
  void anythingElseIsNoDecision() {
    for (var json :
        new String[] {
          "[]", "12", "true", "{", "bea", "{\"by\":{\"a\":1}}", "{\"answer\":\"HM\"}"
        }) {
      assertThat(read(json)).as(json).isEmpty();
    }
  }

  @Example
  void whatIsTooLongIsCutOff() {
    var read =
        read("{\"by\":\"" + "b".repeat(9_999) + "\",\"comment\":\"" + "c".repeat(99_999) + "\"}")
            .orElseThrow();

    assertThat(read.by()).hasSize(201).endsWith("…");
    assertThat(read.comment()).hasSize(1_001).endsWith("…");
  }

  @Property(tries = 300)
  void readingNeverThrows(@ForAll byte[] bytes) {
    assertThat(DecisionSignal.read(raw(ByteString.copyFrom(bytes)))).isNotNull();
  }

  private static Optional<DecisionRequest> read(String json) {
    return DecisionSignal.read(raw(ByteString.copyFromUtf8(json)));
  }

  private static RawValue raw(ByteString data) {
    return new RawValue(Payload.newBuilder().setData(data).build());
  }
}
