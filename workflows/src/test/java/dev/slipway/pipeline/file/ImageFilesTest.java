package dev.slipway.pipeline.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file may say of images. */
class ImageFilesTest {
  private static String build(String params) {
    return """
    stages:
    - name: build
      steps:
      - {name: image, action: docker_build, params: %s}
    """
        .formatted(params);
  }

  private static List<String> messages(String file) {
    return TestFiles.parse(file).problems().stream()
        .map(problem -> problem.path() + ": " + problem.message())
        .toList();
  }

  @Test
  void theRegistryAndTheApplicationMakeTheRepository() {
    var params =
        TestFiles.pipeline("registry: localhost:5000/team\n" + build("{push: true}"))
            .stages()
            .getFirst()
            .steps()
            .getFirst()
            .params();

    assertThat(params.text("repository")).contains("localhost:5000/team/shop");
  }

  @Test
  void aStepsOwnRepositoryIsTaken() {
    var params =
        TestFiles.pipeline("registry: a.example\n" + build("{repository: b.example/api}"))
            .stages()
            .getFirst()
            .steps()
            .getFirst()
            .params();

    assertThat(params.text("repository")).contains("b.example/api");
  }

  @Test
  void pushingNeedsAPlaceToPushTo() {
    assertThat(TestFiles.problems(build("{push: true}")))
        .containsExactly(
            "warning 4:56 stages[0].steps[0].params.push: step `image` pushes its image, and nothing says"
                + " where to | add `registry: HOST` at the top of the file, or the parameter"
                + " `repository`");
  }

  @Test
  void aRegistryIsNoUrl() {
    assertThat(TestFiles.problems("registry: https://r.example\n" + build("{push: true}")))
        .containsExactly("1:11 registry: `registry` is no URL | write it without `https://`");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Shop", "r.example/shop:1", "r.example/shop@sha256:1", "r.example/Shop", "a//b"})
  void aRepositoryIsANameWithoutTag(String repository) {
    assertThat(messages(build("{repository: \"%s\"}".formatted(repository))))
        .singleElement()
        .asString()
        .contains("`repository` must be a registry and a name, such as localhost:5000/shop");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-a", ".a", "a b", "a/b", "a:b", "${secret:TAG}", "${image:x}", "ü", "v+1", ""})
  void aTagMustBeOne(String tag) {
    assertThat(
            messages(build("{push: true, repository: r.example/a, tags: [\"%s\"]}".formatted(tag))))
        .anySatisfy(problem -> assertThat(problem).contains("can't be a tag"));
  }

  @Test
  void aTagTooLongIsNone() {
    var tag = "a".repeat(100) + "${COMMIT_SHA}";

    assertThat(
            messages(build("{push: true, repository: r.example/a, tags: \"%s\"}".formatted(tag))))
        .singleElement()
        .asString()
        .contains("can't be a tag");
  }

  @Test
  void tagsMayHoldWhatOnlyARunKnows() {
    var tags = "[\"${COMMIT_SHA}\", \"v1.${RUN_NUMBER}\", main]";

    assertThat(messages(build("{push: true, repository: r.example/a, tags: %s}".formatted(tags))))
        .isEmpty();
  }

  @Test
  void tagsWithoutPushAreNowhere() {
    assertThat(messages(build("{tags: main}")))
        .containsExactly(
            "stages[0].steps[0].params.tags: `tags` has no effect without `push: true`");
  }

  @Test
  void aLoginIsWhole() {
    assertThat(messages(build("{username: ann}")))
        .containsExactly(
            "stages[0].steps[0].params: step `image` has only one of `username` and `password`");
    assertThat(messages(build("{username: ann, password: \"${secret:REGISTRY}\"}"))).isEmpty();
  }

  @Test
  void aPasswordInClearIsSeen() {
    assertThat(messages(build("{username: ann, password: hunter22}")))
        .containsExactly(
            "stages[0].steps[0].params.password: this looks like a secret, and everybody who has"
                + " the repository has it");
  }

  @Test
  void aSecretIsNoBuildArgument() {
    assertThat(messages(build("{args: {NPM: \"${secret:NPM_LOGIN}\"}}")))
        .containsExactly(
            "stages[0].steps[0].params.args.NPM: a secret among a build's arguments stays in the"
                + " image's history");
  }

  @Test
  void anImageIsKnownToLaterSteps() {
    var file =
        build("{}")
            + """
              - {name: use, action: run, params: {command: [use, "${image:image}", "${DOCKER_IMAGE}"]}}
            - name: next
              steps:
              - {name: use, action: run, params: {command: [use, "${image:image}", "${DOCKER_IMAGE}"]}}
            """;

    assertThat(messages(file)).isEmpty();
  }

  @Test
  void anImageIsNotKnownBesideItsBuild() {
    var file =
        """
        stages:
        - name: build
          parallel: true
          steps:
          - {name: image, action: docker_build}
          - {name: use, action: run, params: {command: [use, "${DOCKER_IMAGE}"]}}
        """;

    assertThat(messages(file))
        .containsExactly(
            "stages[0].steps[1].params.command[1]: `${DOCKER_IMAGE}`: no step before this one"
                + " builds an image");
  }

  @Test
  void ofTwoImagesNoneIsTheImage() {
    var file =
        """
        stages:
        - name: build
          steps:
          - {name: api, action: docker_build, params: {target: api}}
          - {name: web, action: docker_build, params: {target: web}}
          - {name: use, action: run, params: {command: [use, "${image:web}", "${DOCKER_IMAGE}"]}}
        """;

    assertThat(TestFiles.problems(file))
        .containsExactly(
            "6:70 stages[0].steps[2].params.command[2]: `${DOCKER_IMAGE}`: more than one step"
                + " builds an image: `build/api`, `build/web` | say which: `${image:api}`");
  }

  @Test
  void whereAnImageIsCanBeKept() {
    var pipeline =
        TestFiles.pipeline(
            """
            stages:
            - name: build
              steps:
              - {name: image, action: docker_build, artifact: docker-image}
            """);

    assertThat(pipeline.stages().getFirst().steps().getFirst().artifact())
        .isEqualTo("docker-image");
  }
}
