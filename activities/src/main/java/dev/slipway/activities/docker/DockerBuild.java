package dev.slipway.activities.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.action.ActionSpec;
import dev.slipway.action.ContainerSpecs;
import dev.slipway.action.FailureType;
import dev.slipway.action.Params;
import dev.slipway.activities.step.Action;
import dev.slipway.activities.step.StepContext;
import dev.slipway.artifact.Digest;
import dev.slipway.artifact.ImageNames;
import dev.slipway.json.Json;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Builds an image from the commit's files and pushes it where the step says: with BuildKit where
 * Docker's plugin buildx is, otherwise by the engine's classic builder.
 *
 * <p>The same commit on the same engine gives the same digest for as long as the engine's cache
 * knows the build. Another engine stamps its own times into the image and gives another digest,
 * with the same files.
 */
public final class DockerBuild implements Action {
  private static final String REVISION = "org.opencontainers.image.revision";

  /** Says in a registry that nothing but a build has happened. */
  private static final String UNVERIFIED = "slipway-unverified-";

  private final Map<String, String> variables;

  /**
   * With the engine that {@code DOCKER_HOST} names, or this machine's.
   *
   * @param env of the worker
   */
  public DockerBuild(Map<String, String> env) {
    this.variables = EngineVariables.of(env, "DOCKER_CONTEXT", "BUILDX_BUILDER", "BUILDX_CONFIG");
  }

  @Override
  public ActionSpec spec() {
    return ContainerSpecs.DOCKER_BUILD;
  }

  @Override
  public StepOutcome perform(StepContext step) throws StepFailedException, InterruptedException {
    var params = step.params();
    var repository = repository(params);
    var login = login(params, repository);
    mustBeTags(params.texts(ContainerSpecs.TAGS));
    mustBeNames(params);
    var commit = step.request().source().commit();
    var context =
        BuildContext.pack(
            step, params.text("context", "."), params.text("dockerfile", "Dockerfile"));
    try (var engine = DockerEngine.open(host())) {
      step.log().line("Docker Engine %s at %s".formatted(engine.version(), engine.address()));
      var wish =
          new ImageWish(
              params.text("target"),
              params.textMap("args"),
              Map.of(REVISION, commit),
              params.texts(ContainerSpecs.PLATFORMS),
              params.textMap(ContainerSpecs.SECRETS),
              login);
      var buildx = buildx(step, wish);
      if (wish.isForSeveralPlatforms()) {
        return pushedForSeveral(step, context, wish, buildx.orElseThrow(), repository);
      }
      var image =
          buildx.isPresent()
              ? buildx.get().build(context, wish)
              : engine.build(context, wish, step.log());
      var name = repository.orElse(step.request().key().application());
      // One name for each image: builds of the same commit don't take it from each other.
      var tag = UNVERIFIED + image.abbreviated();
      engine.name(image, name, tag);
      return params.flag(ContainerSpecs.PUSH, false)
          ? pushed(step, name, engine.push(image, name, tag, login, step.log()))
          : built(step, image);
    }
  }

  private Optional<String> host() {
    return Optional.ofNullable(variables.get(EngineVariables.HOST))
        .filter(value -> !value.isBlank());
  }

  private Optional<Buildx> buildx(StepContext step, ImageWish wish)
      throws StepFailedException, InterruptedException {
    var buildx = Buildx.find(step, variables);
    if (buildx.isEmpty() && wish.needsBuildKit()) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "`secrets` and `platforms` need BuildKit, and `docker buildx` does not work on the worker",
          "Install Docker's command line and its plugin buildx"
              + " (https://docs.docker.com/build/install-buildx), for the worker's user.");
    }
    return buildx;
  }

  /** An engine keeps images of one platform, so a list of them goes to the registry at once. */
  private static StepOutcome pushedForSeveral(
      StepContext step,
      BuildContext context,
      ImageWish wish,
      Buildx buildx,
      Optional<String> repository)
      throws StepFailedException, InterruptedException {
    if (repository.isEmpty() || !step.params().flag(ContainerSpecs.PUSH, false)) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "an image for several platforms is not pushed, and no engine can keep it",
          "Add `push: true`, and `registry: HOST` at the top of the pipeline file.");
    }
    var digest = buildx.push(context, wish, repository.get());
    ImageTags.attach(
        repository.get(), digest, List.of(UNVERIFIED + digest.abbreviated()), wish.login());
    return pushed(step, repository.get(), digest);
  }

  private static Optional<String> repository(Params params) throws StepFailedException {
    var repository = params.text(ContainerSpecs.REPOSITORY);
    if (repository.isEmpty() && params.flag(ContainerSpecs.PUSH, false)) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "the step pushes its image, and nothing says where to",
          "Add `registry: HOST` at the top of the pipeline file, or the parameter `repository`.");
    }
    if (repository.filter(name -> !ImageNames.isRepository(name)).isPresent()) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "`%s` can't be a repository".formatted(repository.get()),
          "Write a registry and a name, such as localhost:5000/shop.");
    }
    return repository;
  }

  private static Optional<Login> login(Params params, Optional<String> repository)
      throws StepFailedException {
    return repository.isEmpty()
        ? Optional.empty()
        : Login.of(
            repository.get(),
            params.text(ContainerSpecs.USERNAME).orElse(null),
            params.text(ContainerSpecs.PASSWORD).orElse(null));
  }

  /** What only the run knew is known now; the wrong tag is better met before the build. */
  static void mustBeTags(List<String> tags) throws StepFailedException {
    for (var tag : tags) {
      if (!ImageNames.isTag(tag)) {
        throw new StepFailedException(
            FailureType.CONFIGURATION,
            "`%s` can't be a tag".formatted(tag),
            "A tag has letters, digits, `_`, `.` and `-`, 128 at most.");
      }
    }
  }

  /** They become parts of options, in which a comma would begin another one. */
  private static void mustBeNames(Params params) throws StepFailedException {
    for (var name : params.textMap(ContainerSpecs.SECRETS).keySet()) {
      if (!name.matches("[A-Za-z0-9_.-]{1,64}")) {
        throw new StepFailedException(
            FailureType.CONFIGURATION,
            "`%s` can't name a secret of a build".formatted(name),
            "Such a name has letters, digits, `_`, `.` and `-`, as in `--mount=type=secret,id=npmrc`.");
      }
    }
    for (var platform : params.texts(ContainerSpecs.PLATFORMS)) {
      if (!platform.matches("[a-z0-9]+(/[a-z0-9_.]+){1,2}")) {
        throw new StepFailedException(
            FailureType.CONFIGURATION,
            "`%s` can't be a platform".formatted(platform),
            "Write system and processor, such as linux/arm64.");
      }
    }
  }

  private static StepOutcome pushed(StepContext step, String repository, Digest digest)
      throws StepFailedException, InterruptedException {
    var image = repository + "@" + digest;
    step.log().line("pushed " + image);
    return kept(step, new BuiltImage(image, repository, digest))
        .withOutputs(Map.of("image", image, "repository", repository, "digest", digest.text()));
  }

  private static StepOutcome built(StepContext step, Digest image)
      throws StepFailedException, InterruptedException {
    return kept(step, new BuiltImage(image.text(), null, null))
        .withOutputs(Map.of("image", image.text()));
  }

  /** What the step's artifact says. */
  private record BuiltImage(String image, @Nullable String repository, @Nullable Digest digest) {
    String summary() {
      return digest == null
          ? "built %s, on this engine alone".formatted(image.substring(0, 19))
          : "built and pushed %s@%s".formatted(repository, digest.text().substring(0, 19));
    }
  }

  private static StepOutcome kept(StepContext step, BuiltImage image)
      throws StepFailedException, InterruptedException {
    var outcome = StepOutcome.of(image.summary());
    var name = step.request().artifact();
    if (name == null) {
      return outcome;
    }
    try {
      var file = step.temp().resolve("image.json");
      Files.writeString(file, new String(Json.bytes(image), UTF_8));
      return outcome.withArtifacts(List.of(step.keep(name, file)));
    } catch (IOException e) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "the artifact `%s` could not be written: %s".formatted(name, e),
          "Is there space for the worker's home?",
          e);
    }
  }
}
