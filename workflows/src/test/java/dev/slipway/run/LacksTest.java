package dev.slipway.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LacksTest {
  private final Lacks lacks = new Lacks();

  @Test
  void whatTwoWaitForIsLackedUntilBothHaveIt() {
    lacks.add("a worker");
    lacks.add("a worker");
    lacks.add("a person");

    lacks.remove("a worker");
    assertThat(lacks).hasToString("a worker and a person");
    lacks.remove("a worker");
    assertThat(lacks).hasToString("a person");
    lacks.remove("a person");
    assertThat(lacks.isEmpty()).isTrue();
  }
}
