package dev.slipway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunIdTest {
  @Property
  void whatIsWrittenIsReadAgain(
      @ForAll @LongRange(min = 1, max = 999_999_999_999_999_999L) long number) {
    var id = new RunId("my-shop", number);

    assertThat(RunId.parse(id.toString())).contains(id);
    assertThat(RunId.parse(id.workflowId())).contains(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "shop",
        "shop/",
        "shop/0",
        "shop/01",
        "shop/-1",
        "Shop/1",
        "-shop/1",
        "run/run/shop/1",
        "shop/1/2",
        "shop/9999999999999999999",
        " shop/1",
        "shop/1\n",
        "../shop/1"
      })
  void anythingElseIsNoRun(String text) {
    assertThat(RunId.parse(text)).isEmpty();
  }
}
