package dev.slipway.action;

import static dev.slipway.action.ParamSpec.optional;

import dev.slipway.action.ActionSpec.Effect;
import dev.slipway.action.ActionSpec.Makes;
import java.time.Duration;
import java.util.List;

/** Actions on images. */
public final class ContainerSpecs {
  /** Where the image lives; a file's {@code registry} gives it to steps that don't say. */
  public static final String REPOSITORY = "repository";

  /** The names that the image gets later. */
  public static final String TAGS = "tags";

  /** Whether the image goes to its registry. */
  public static final String PUSH = "push";

  /** For which processors and systems. */
  public static final String PLATFORMS = "platforms";

  /** What the Dockerfile's commands may mount. */
  public static final String SECRETS = "secrets";

  public static final String USERNAME = "username";
  public static final String PASSWORD = "password";

  public static final ActionSpec DOCKER_BUILD =
      new ActionSpec(
          "docker_build",
          "Builds an image from the commit's files with the Docker Engine. `${image:STEP}` is then"
              + " the image by its digest.",
          List.of(
              optional("dockerfile", ParamType.PATH, "Dockerfile", "Must be inside the context."),
              optional(
                  "context",
                  ParamType.PATH,
                  ".",
                  "The folder whose files the build sees, but for those that .dockerignore names."),
              optional("target", ParamType.TEXT, "the last", "The Dockerfile's stage to build."),
              optional(
                  "args",
                  ParamType.TEXT_MAP,
                  null,
                  "Build arguments. They stay in the image's history: no place for secrets."),
              optional(
                  PLATFORMS,
                  ParamType.TEXT_LIST,
                  "the engine's own",
                  "What the image is built for, like [linux/amd64, linux/arm64]. Several need"
                      + " BuildKit with a builder for them, and `push`."),
              optional(
                  SECRETS,
                  ParamType.TEXT_MAP,
                  null,
                  "What commands mount with `RUN --mount=type=secret,id=NAME`, like {npmrc:"
                      + " \"${secret:NPMRC}\"}; needs BuildKit. They stay out of the image."),
              optional(
                  REPOSITORY,
                  ParamType.REPOSITORY,
                  "the file's registry and the application",
                  "Where the image lives, like localhost:5000/shop."),
              optional(
                  TAGS,
                  ParamType.TAGS,
                  null,
                  "Names of the image for people; the build itself pushes none of them."),
              optional(PUSH, ParamType.FLAG, "false", "Whether the image goes to its registry."),
              optional(USERNAME, ParamType.TEXT, null, "Who logs in to the registry."),
              optional(
                  PASSWORD,
                  ParamType.TEXT,
                  null,
                  "The registry's password or token, as a secret: ${secret:NAME}.")),
          Duration.ofMinutes(15),
          List.of(),
          Effect.NONE,
          Makes.IMAGE);

  private ContainerSpecs() {}
}
