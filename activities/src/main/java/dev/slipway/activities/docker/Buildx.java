package dev.slipway.activities.docker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.action.FailureType;
import dev.slipway.activities.process.Command;
import dev.slipway.activities.process.ProcessExit;
import dev.slipway.activities.step.StepContext;
import dev.slipway.artifact.Digest;
import dev.slipway.json.Json;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * BuildKit, through {@code docker buildx}: secrets and caches that commands mount, several
 * platforms. It takes the same archive as the engine's classic builder, and the files' times are
 * zero in both.
 *
 * <p>An interruption ends the program, upon which BuildKit ends the build's commands.
 */
public final class Buildx {
  private static final Duration LOOK = Duration.ofSeconds(20);
  private static final int MOST_BYTES = 64 * 1024;
  private static final int MOST_METADATA = 1 << 20;

  /** The image is the same whoever builds it when; who built it is what `sign` attests. */
  private static final List<String> NOTHING_OF_THE_MOMENT =
      List.of("--provenance=false", "--sbom=false", "--build-arg", "SOURCE_DATE_EPOCH=0");

  private final StepContext step;
  private final Map<String, String> env;

  private Buildx(StepContext step, Map<String, String> env) {
    this.step = step;
    this.env = env;
  }

  /**
   * What the worker has of it; empty when Docker's command line or its plugin is not there.
   *
   * @param env which engine, which builder and which plugins the worker's settings name
   */
  static Optional<Buildx> find(StepContext step, Map<String, String> env)
      throws StepFailedException, InterruptedException {
    return isThere(step, env) ? Optional.of(new Buildx(step, env)) : Optional.empty();
  }

  /**
   * Whether Docker's command line and its plugin are there; the step's log says which.
   *
   * @param env as for {@link #find}
   */
  public static boolean isThere(StepContext step, Map<String, String> env)
      throws StepFailedException, InterruptedException {
    try {
      var asked =
          step.processes()
              .capture(
                  Command.of(step.temp(), "docker", "buildx", "version").withEnv(env).within(LOOK),
                  MOST_BYTES,
                  line -> {});
      if (asked.exit().isSuccess()) {
        step.log().line("BuildKit by " + asked.text().strip());
      }
      return asked.exit().isSuccess();
    } catch (StepFailedException e) {
      if (e.failure().type() == FailureType.CONFIGURATION) {
        return false; // there is no program `docker`
      }
      throw e;
    }
  }

  /** Builds an image into the engine; its id there. */
  Digest build(BuildContext context, ImageWish wish)
      throws StepFailedException, InterruptedException {
    var id = step.temp().resolve("image.id");
    run(context, wish, List.of("--load", "--iidfile", id.toString()), Optional.empty());
    try {
      return new Digest(Files.readString(id).strip());
    } catch (IOException | IllegalArgumentException e) {
      throw EngineFailures.unexpected("BuildKit does not tell the image's id: " + e.getMessage());
    }
  }

  /** Builds an image for its platforms and pushes it under no name; its digest in the registry. */
  Digest push(BuildContext context, ImageWish wish, String repository)
      throws StepFailedException, InterruptedException {
    var metadata = step.temp().resolve("image.metadata");
    var output =
        "type=image,name=%s,push=true,push-by-digest=true,oci-mediatypes=true"
            .formatted(repository);
    run(
        context,
        wish,
        List.of("--output", output, "--metadata-file", metadata.toString()),
        Optional.of(repository));
    try (var content = Files.newInputStream(metadata)) {
      var read = Json.mapper().readTree(content.readNBytes(MOST_METADATA));
      return new Digest(read.path("containerimage.digest").asText());
    } catch (IOException | IllegalArgumentException e) {
      throw EngineFailures.unexpected(
          "BuildKit does not tell the image's digest: " + e.getMessage());
    }
  }

  /**
   * @param pushed where the image goes, if it goes at once
   */
  private void run(
      BuildContext context, ImageWish wish, List<String> output, Optional<String> pushed)
      throws StepFailedException, InterruptedException {
    ProcessExit exit;
    var progress = new BuildxProgress(step.log());
    try {
      var arguments = arguments(context, wish);
      arguments.addAll(output);
      arguments.add("-");
      exit =
          step.processes()
              .run(
                  Command.of(step.temp(), arguments)
                      .withEnv(variables(wish.login()))
                      .reading(context.archive()),
                  progress::line);
    } catch (IOException | UncheckedIOException e) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "what the build is given could not be written: " + e.getMessage(),
          "Is there space for the worker's home?",
          e);
    }
    if (!exit.isSuccess()) {
      var message = progress.error().orElseGet(() -> "it ended with code " + exit.code());
      if (pushed.isPresent() && progress.step().isEmpty() && message.contains("failed to push")) {
        throw EngineFailures.ofPush(message, pushed.get());
      }
      throw EngineFailures.ofBuild(message, context.dockerfile(), progress.step());
    }
  }

  private List<String> arguments(BuildContext context, ImageWish wish) throws IOException {
    var arguments = new ArrayList<>(List.of("docker", "buildx", "build", "--progress", "plain"));
    arguments.addAll(NOTHING_OF_THE_MOMENT);
    arguments.addAll(List.of("--file", context.dockerfile()));
    wish.target().ifPresent(target -> arguments.addAll(List.of("--target", target)));
    wish.args()
        .forEach((name, value) -> arguments.addAll(List.of("--build-arg", name + "=" + value)));
    wish.labels()
        .forEach((name, value) -> arguments.addAll(List.of("--label", name + "=" + value)));
    if (!wish.platforms().isEmpty()) {
      arguments.addAll(List.of("--platform", String.join(",", wish.platforms())));
    }
    arguments.addAll(secrets(wish.secrets()));
    return arguments;
  }

  /** In files of the attempt, since arguments and variables can be seen. */
  private List<String> secrets(Map<String, String> secrets) throws IOException {
    var arguments = new ArrayList<String>();
    for (var secret : secrets.entrySet()) {
      var file = Files.createTempFile(step.temp(), "secret", "");
      Files.writeString(file, secret.getValue());
      arguments.addAll(List.of("--secret", "id=%s,src=%s".formatted(secret.getKey(), file)));
    }
    return arguments;
  }

  /** With a login, Docker's settings are the worker's own and the login besides. */
  private Map<String, String> variables(Optional<Login> login) throws IOException {
    if (login.isEmpty()) {
      return env;
    }
    var own = ownSettings();
    var folder = Files.createTempDirectory(step.temp(), "docker");
    var settings = Json.mapper().createObjectNode();
    if (Files.isRegularFile(own.resolve("config.json"))) {
      settings.setAll(Json.read(Files.readAllBytes(own.resolve("config.json")), ObjectNode.class));
    }
    settings.withArray("cliPluginsExtraDirs").add(own.resolve("cli-plugins").toString());
    var auth = ImageRegistry.authentication(login.get());
    settings.withObjectProperty("auths").setAll(auth);
    // Docker would ask the worker's own store of logins instead of looking here.
    settings.remove("credsStore");
    auth.fieldNames().forEachRemaining(settings.withObjectProperty("credHelpers")::remove);
    Files.write(folder.resolve("config.json"), Json.bytes(settings));
    if (Files.isDirectory(own.resolve("contexts"))) {
      Files.createSymbolicLink(folder.resolve("contexts"), own.resolve("contexts"));
    }
    var all = new HashMap<>(env);
    all.put("DOCKER_CONFIG", folder.toString());
    all.putIfAbsent("BUILDX_CONFIG", own.resolve("buildx").toString());
    return all;
  }

  private Path ownSettings() {
    var named = env.get("DOCKER_CONFIG");
    return named == null
        ? Path.of(System.getProperty("user.home"), ".docker")
        : Path.of(named).toAbsolutePath();
  }
}
