package dev.slipway.run;

import static dev.slipway.run.Pipelines.OPEN;
import static dev.slipway.run.Pipelines.stage;
import static dev.slipway.run.Pipelines.step;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.action.ActionSpec.Effect;
import dev.slipway.action.FailureType;
import dev.slipway.action.Params;
import dev.slipway.artifact.Digest;
import dev.slipway.pipeline.Stage;
import dev.slipway.pipeline.Stage.OnFailure;
import dev.slipway.pipeline.Step;
import dev.slipway.step.StepOutcome;
import io.temporal.failure.ApplicationFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A tag in a registry means: what was to look at the image has looked at it. */
class BuiltImagesTest {
  private static final Digest DIGEST = Digest.of("image".getBytes(StandardCharsets.UTF_8));

  private final World world = Engine.shared().world();

  @BeforeEach
  void buildsAnImage() {
    world.pipeline = Pipelines.of(image(), test(), staging());
    world.steps.put(
        "build/image",
        request ->
            StepOutcome.of("pushed")
                .withOutputs(
                    Map.of(
                        "image",
                        "registry/shop@" + DIGEST,
                        "repository",
                        "registry/shop",
                        "digest",
                        DIGEST.text())));
  }

  @Test
  void theTagsComeAfterTheTestsAndBeforeTheFirstEnvironment() {
    var run = world.start();
    run.endsAs(RunStatus.SUCCEEDED);

    assertThat(world.performed)
        .containsSubsequence("build/image", "test/unit", "tag/build/image", "staging/deploy");
    assertThat(world.taggings)
        .singleElement()
        .satisfies(
            tagging -> {
              assertThat(tagging.repository()).isEqualTo("registry/shop");
              assertThat(tagging.digest()).isEqualTo(DIGEST);
              assertThat(tagging.tags()).containsExactly(World.commit(1), "latest");
              assertThat(tagging.password()).isEqualTo("${secret:REGISTRY}");
            });
    run.keeps("image-tagged");
  }

  @Test
  void redTestsLeaveTheImageWithoutTags() {
    world.steps.put(
        "test/unit",
        request -> {
          throw ApplicationFailure.newNonRetryableFailure("red", FailureType.TESTS_FAILED.name());
        });

    world.start().endsAs(RunStatus.BLOCKED);

    assertThat(world.taggings).isEmpty();
  }

  @Test
  void withoutAnEnvironmentTheTagsComeAtTheEnd() {
    world.pipeline = Pipelines.of(image(), test());

    world.start().endsAs(RunStatus.SUCCEEDED);

    assertThat(world.performed).containsExactly("build/image", "test/unit", "tag/build/image");
  }

  @Test
  void whatASkippedStageShouldHaveTestedGetsNoTag() {
    world.pipeline = Pipelines.of(image(), skippable(test()));
    world.steps.put(
        "test/unit",
        request -> {
          throw ApplicationFailure.newNonRetryableFailure("red", FailureType.TESTS_FAILED.name());
        });

    world.start().endsAs(RunStatus.SUCCEEDED);

    assertThat(world.taggings).isEmpty();
  }

  @Test
  void anImageThatCannotBeTaggedReachesNoEnvironment() {
    world.taggingFails =
        Optional.of(
            () ->
                ApplicationFailure.newNonRetryableFailure(
                    "the registry has no such image", FailureType.CONFIGURATION.name()));

    var run = world.start();
    var end = run.endsAs(RunStatus.BLOCKED);

    assertThat(end.reason())
        .contains("image of step image was not tagged", "the registry has no such image");
    assertThat(world.performed).doesNotContain("staging/deploy");
    assertThat(world.live("staging")).isEqualTo(-1);
    run.keeps("image-not-tagged");
  }

  @Test
  void anImageIsTaggedOnceOnItsWayThroughSeveralEnvironments() {
    world.pipeline =
        Pipelines.of(
            image(),
            test(),
            staging(),
            stage(
                "production",
                List.of("staging"),
                "production",
                OPEN,
                step("rollout", "rollout", Effect.DEPLOYS)));

    world.start().endsAs(RunStatus.SUCCEEDED);

    assertThat(world.taggings).hasSize(1);
  }

  private static Stage image() {
    var params = JsonNodeFactory.instance.objectNode();
    params.putArray("tags").add("${COMMIT_SHA}").add("latest");
    params.put("username", "ci").put("password", "${secret:REGISTRY}");
    return stage(
        "build",
        List.of(),
        null,
        OPEN,
        new Step(
            "image",
            "docker_build",
            Effect.NONE,
            new Params(params),
            Duration.ofMinutes(1),
            null,
            List.of(),
            "",
            null,
            Map.of(),
            null));
  }

  private static Stage test() {
    return stage("test", List.of("build"), null, OPEN, step("unit", "run", Effect.NONE));
  }

  private static Stage skippable(Stage stage) {
    return new Stage(
        stage.name(),
        stage.steps(),
        stage.gate(),
        OnFailure.SKIP,
        stage.retry(),
        stage.needs(),
        stage.environment(),
        false);
  }

  private static Stage staging() {
    return stage(
        "staging", List.of("test"), "staging", OPEN, step("deploy", "deploy", Effect.DEPLOYS));
  }
}
