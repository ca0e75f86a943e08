package dev.slipway.activities.duty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.action.FailureType;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.EnvironmentQueues;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.pipeline.EnvironmentSpec.Target;
import dev.slipway.step.StepFailedException;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DutiesTest {
  private static final EnvironmentId PRODUCTION = new EnvironmentId("shop", "production");

  @Test
  void aWorkerThatIsToldNothingDoesEverything() {
    var duties = Duties.of(Map.of());

    assertThat(duties.control()).isTrue();
    assertThat(duties.build()).isTrue();
    assertThat(duties.environments()).isEmpty();
    assertThat(duties.queues()).isEqualTo(EnvironmentQueues.ONE_FOR_ALL);
    assertThatCode(() -> duties.require(PRODUCTION)).doesNotThrowAnyException();
    assertThatCode(() -> duties.requireBuild("run")).doesNotThrowAnyException();
    assertThatCode(() -> duties.requireOnMachine(spec(Target.LOCAL, "embedded")))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void anEmptyListIsNotTakenForEverything(String text) {
    assertThatThrownBy(() -> serves(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SLIPWAY_SERVES is set, but empty");
  }

  @Test
  void aWorkerWithoutBuildHasNoEnvironmentOnItsMachine() {
    var duties = serves("shop/production");

    assertThatCode(
            () ->
                duties.requireOnMachine(
                    spec(Target.KUBERNETES, "jdbc:postgresql://db/shop?password=${secret:DB}")))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> duties.requireOnMachine(spec(Target.LOCAL, null)))
        .isInstanceOf(StepFailedException.class)
        .hasMessageContaining("does not serve builds, and so not `target: local`");
    assertThatThrownBy(() -> duties.requireOnMachine(spec(Target.KUBERNETES, "embedded")))
        .isInstanceOf(StepFailedException.class)
        .hasMessageContaining("does not serve builds, and so not `database: embedded`");
    assertThatCode(() -> serves("build,shop/production").requireOnMachine(spec(Target.LOCAL, null)))
        .doesNotThrowAnyException();
  }

  @Test
  void aWorkerDoesWhatItIsToldAndNoMore() {
    var duties = serves("control, build ,shop/staging");

    assertThat(duties.control()).isTrue();
    assertThat(duties.build()).isTrue();
    assertThat(duties.environments()).containsExactly(new EnvironmentId("shop", "staging"));
    assertThat(duties.queues()).isEqualTo(EnvironmentQueues.ONE_EACH);
    assertRefused(duties, PRODUCTION);
    assertRefused(duties, new EnvironmentId("blog", "staging"));
  }

  @Test
  void aWorkerOfAnEnvironmentBuildsNothing() {
    var duties = serves("shop/production");

    assertThat(duties.control()).isFalse();
    assertThatCode(() -> duties.require(PRODUCTION)).doesNotThrowAnyException();
    assertThatThrownBy(() -> duties.requireBuild("run"))
        .hasMessageContaining("(SLIPWAY_SERVES=shop/production) does not serve builds");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",",
        "control,",
        "production",
        "Control",
        "shop/",
        "/production",
        "shop/*",
        "shop/production/eu",
        "shop production",
        "Shop/production",
        "slipway/shop/production"
      })
  void whatCanNotBeReadIsRefused(String text) {
    assertThatThrownBy(() -> serves(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("SLIPWAY_SERVES must be a list such as control,build,shop/staging");
  }

  private static void assertRefused(Duties duties, EnvironmentId environment) {
    assertThatThrownBy(() -> duties.require(environment))
        .asInstanceOf(InstanceOfAssertFactories.type(StepFailedException.class))
        .extracting(StepFailedException::failure)
        .satisfies(
            failure -> {
              assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
              assertThat(failure.happened()).contains("does not serve " + environment);
              assertThat(failure.advice()).contains("SLIPWAY_SERVES=" + environment);
            });
  }

  private static EnvironmentSpec spec(Target target, @Nullable String database) {
    return new EnvironmentSpec("production", target, null, null, database, null, false, null);
  }

  private static Duties serves(String text) {
    return Duties.of(Map.of("SLIPWAY_SERVES", text));
  }
}
