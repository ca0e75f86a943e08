package dev.slipway.starter.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.action.ActionCatalog;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.Reference;
import dev.slipway.pipeline.file.PipelineFile;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlannedImagesTest {
  private static final String COMMIT = "c".repeat(40);
  private static final String RAN = "r.example/shop@sha256:" + "a".repeat(64);

  private static final Pipeline PIPELINE =
      pipeline(
          """
          application: shop
          registry: r.example
          stages:
            - name: build
              steps:
                - {name: shop, action: docker_build, params: {push: true}}
                - {name: debug, action: docker_build, params: {push: true}}
            - name: staging
              steps:
                - {name: deploy, action: k8s_deploy, params: {namespace: staging, image: "${image:shop}"}}
          """);

  private static Pipeline pipeline(String text) {
    var file = PipelineFile.parse(text.getBytes(UTF_8), ActionCatalog.builtIn(), "shop");
    assertThat(file.problems())
        .filteredOn(problem -> problem.toString().contains("ERROR"))
        .isEmpty();
    return ((PipelineFile.Valid) file).pipeline();
  }

  private static PlannedImages images(Optional<String> ran) {
    return new PlannedImages(PIPELINE, COMMIT, "staging", ran);
  }

  @Test
  void theImageThatRanIsThatOfItsStep() {
    var images = images(Optional.of(RAN));

    assertThat(images.value(new Reference.Image("shop"))).contains(RAN);
    assertThat(images.notes()).singleElement().asString().contains("is built already", RAN);
  }

  @Test
  void theImageOfAnotherStepIsNotTheOneThatRan() {
    var images = images(Optional.of(RAN));

    var other = images.value(new Reference.Image("debug")).orElseThrow();

    assertThat(other).isNotEqualTo(RAN);
    assertThat(images.isUnbuilt(other)).isTrue();
    assertThat(images.shown(other)).isEqualTo("${image:debug}");
  }

  @Test
  void nothingIsKnownOfACommitThatRanNowhere() {
    var images = images(Optional.empty());

    assertThat(images.isUnbuilt(images.value(new Reference.Image("shop")).orElseThrow())).isTrue();
  }
}
