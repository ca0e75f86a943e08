package dev.slipway.activities.docker;

import com.github.dockerjava.api.exception.DockerException;
import dev.slipway.action.FailureType;
import dev.slipway.activities.process.CleanText;
import dev.slipway.step.StepFailedException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an engine says when something went wrong, as a failure with its type. */
final class EngineFailures {
  private static final int LONGEST = 500;

  private static final Pattern COMMAND =
      Pattern.compile(
          "returned a non-zero code|did not complete successfully|executor failed running");
  private static final Pattern NETWORK =
      Pattern.compile(
          "dial tcp|no such host|connection refused|i/o timeout|Client\\.Timeout|EOF"
              + "|connection reset|50[0234] |toomanyrequests");

  private static final Pattern TLS =
      Pattern.compile(
          "x509:|tls: |TLS handshake|server gave HTTP response to HTTPS client|certificate");

  private static final Pattern DENIED =
      Pattern.compile(
          "unauthorized|denied|no basic auth credentials|authentication required|forbidden"
              + "|\\b40[13]\\b",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern NO_BASE =
      Pattern.compile(
          "pull access denied|manifest (?:for .* not found|unknown)|repository .*exist");

  private static final Pattern NOT_A_DOCKERFILE =
      Pattern.compile(
          "[Dd]ockerfile parse error|unknown instruction|failed to parse|failed to reach build target"
              + "|not be found in Dockerfile|cannot be empty|no build stage"
              + "|target stage .* could not be found");

  private static final Pattern NOT_THIS_BUILDER =
      Pattern.compile(
          "[Mm]ulti-platform build is not supported|exec format error"
              + "|not implemented for docker driver");

  private EngineFailures() {}

  static StepFailedException misconfigured(RuntimeException cause) {
    return new StepFailedException(
        FailureType.CONFIGURATION,
        "the settings for the Docker Engine can't be used: " + shortened(cause.getMessage()),
        "Look at DOCKER_HOST, DOCKER_CONTEXT, DOCKER_TLS_VERIFY and DOCKER_CERT_PATH of the worker.",
        cause);
  }

  static StepFailedException unreachable(String address, Exception cause) {
    return new StepFailedException(
        FailureType.INFRASTRUCTURE,
        "no Docker Engine answers at %s: %s".formatted(address, reason(cause)),
        "Start it (`systemctl start docker`, or Docker Desktop), let the worker's user be in the"
            + " group `docker`, or say with DOCKER_HOST where another one is.",
        cause);
  }

  static StepFailedException refused(String address, String message, Exception cause) {
    return new StepFailedException(
        FailureType.INFRASTRUCTURE,
        "the Docker Engine at %s refused: %s".formatted(address, message),
        "Look at the engine's log.",
        cause);
  }

  static StepFailedException unexpected(String happened) {
    return new StepFailedException(
        FailureType.INFRASTRUCTURE, happened, "Look at the engine's log, and try again.");
  }

  /**
   * @param at the Dockerfile's step, if one had begun
   */
  static StepFailedException ofBuild(String message, String dockerfile, Optional<String> at) {
    var text = shortened(message);
    var where = at.map(step -> "step %s of `%s`".formatted(step, dockerfile)).orElse("the build");
    if (COMMAND.matcher(message).find()) {
      return new StepFailedException(
          FailureType.BUILD_FAILED,
          where + " failed: " + text,
          "The command's last lines stand in the step's log.");
    }
    if (NOT_THIS_BUILDER.matcher(message).find()) {
      return new StepFailedException(
          FailureType.CONFIGURATION,
          "this builder can't build for other platforms: " + text,
          "Make one that can (`docker buildx create --name multi --driver docker-container`), and"
              + " give the worker BUILDX_BUILDER=multi; commands of another platform need QEMU.");
    }
    if (NOT_A_DOCKERFILE.matcher(message).find()) {
      return new StepFailedException(
          FailureType.CONFIGURATION,
          "`%s` can't be built: %s".formatted(dockerfile, text),
          "Mend the Dockerfile, or the step's `target`.");
    }
    if (message.contains("no space left")) {
      return new StepFailedException(
          FailureType.INFRASTRUCTURE,
          where + " failed: " + text,
          "Make room where the engine keeps its images: `docker system df`.");
    }
    if (at.filter(step -> step.contains("(FROM ")).isPresent()) {
      return ofBaseImage(message, where);
    }
    return new StepFailedException(
        FailureType.BUILD_FAILED,
        where + " failed: " + text,
        "The build sees the commit's files of the context, but for those in .dockerignore.");
  }

  private static StepFailedException ofBaseImage(String message, String where) {
    var happened = where + ": the base image can't be pulled: " + shortened(message);
    if (TLS.matcher(message).find()) {
      return new StepFailedException(
          FailureType.CONFIGURATION,
          happened,
          "Give the engine the registry's certificate authority, or mirror the image.");
    }
    if (NO_BASE.matcher(message).find() || DENIED.matcher(message).find()) {
      return new StepFailedException(
          FailureType.CONFIGURATION,
          happened,
          "Is its name right? For a private one log the worker's user in: `docker login`.");
    }
    return new StepFailedException(
        NETWORK.matcher(message).find() ? FailureType.TRANSIENT : FailureType.INFRASTRUCTURE,
        happened,
        "Can the engine reach its registry? `docker pull` on the worker's machine says.");
  }

  static StepFailedException ofPush(String message, String repository) {
    var happened = "%s can't be pushed: %s".formatted(repository, shortened(message));
    var host = Registry.of(repository).host();
    if (TLS.matcher(message).find()) {
      return new StepFailedException(
          FailureType.CONFIGURATION,
          happened,
          "Give the engine the certificate authority of %s (/etc/docker/certs.d/%s/ca.crt)."
              .formatted(host, host));
    }
    if (DENIED.matcher(message).find()) {
      return new StepFailedException(
          FailureType.CONFIGURATION,
          happened,
          "Give the step a `username` and a `password: ${secret:NAME}` that may push there.");
    }
    return new StepFailedException(
        NETWORK.matcher(message).find() ? FailureType.TRANSIENT : FailureType.INFRASTRUCTURE,
        happened,
        "Does %s run, and can the engine reach it?".formatted(host));
  }

  /** An engine's refusal without the JSON around it. */
  static String text(DockerException refusal) {
    var message = String.valueOf(refusal.getMessage());
    var said = Pattern.compile("\"message\":\"(.*)\"}", Pattern.DOTALL).matcher(message);
    return shortened(
        said.find() ? said.group(1).replace("\\n", " ").replace("\\\"", "\"") : message);
  }

  private static String reason(Exception cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return shortened(root.getMessage() == null ? root.toString() : root.getMessage());
  }

  private static String shortened(@Nullable String text) {
    var line = CleanText.of(String.valueOf(text).replaceAll("\\s+", " ").strip());
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
