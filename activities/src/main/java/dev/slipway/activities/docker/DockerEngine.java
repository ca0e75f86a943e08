package dev.slipway.activities.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.BuildImageCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.slipway.activities.step.StepLog;
import dev.slipway.artifact.Digest;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Docker Engine of this machine, or the one that {@code DOCKER_HOST} names, with the classic
 * builder, which every engine has.
 *
 * <p>An interruption closes the connection, upon which the engine ends what it was doing and
 * removes the container in which a build's command ran.
 */
public final class DockerEngine implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** A build's command may be silent for as long as its step's time limit. */
  private static final Duration NO_LIMIT = Duration.ZERO;

  private static final Duration WAIT_FOR_END = Duration.ofSeconds(15);

  private final DockerClient client;
  private final DefaultDockerClientConfig config;

  private DockerEngine(DefaultDockerClientConfig config, Duration answerLimit) {
    this.config = config;
    var http =
        new ZerodepDockerHttpClient.Builder()
            .dockerHost(config.getDockerHost())
            .sslConfig(config.getSSLConfig())
            .connectionTimeout(CONNECT);
    if (!answerLimit.equals(NO_LIMIT)) {
      http.responseTimeout(answerLimit);
    }
    this.client = DockerClientImpl.getInstance(config, http.build());
  }

  /**
   * The engine that Docker's own client would take.
   *
   * @param host instead of what {@code DOCKER_HOST} says
   */
  static DockerEngine open(Optional<String> host) throws StepFailedException {
    return open(host, NO_LIMIT);
  }

  /** For a look alone: it answers within the limit or fails. */
  public static DockerEngine open(Duration answerLimit) throws StepFailedException {
    return open(Optional.empty(), answerLimit);
  }

  private static DockerEngine open(Optional<String> host, Duration answerLimit)
      throws StepFailedException {
    try {
      var config = DefaultDockerClientConfig.createDefaultConfigBuilder();
      host.ifPresent(config::withDockerHost);
      return new DockerEngine(config.build(), answerLimit);
    } catch (RuntimeException e) { // the library's edge: it checks its configuration like this
      throw EngineFailures.misconfigured(e);
    }
  }

  /** Its socket or host. */
  public String address() {
    return config.getDockerHost().toString();
  }

  /**
   * Its version, like {@code 20.10.24}.
   *
   * @throws StepFailedException INFRASTRUCTURE when it does not answer
   */
  public String version() throws StepFailedException, InterruptedException {
    return String.valueOf(call(() -> client.versionCmd().exec().getVersion()));
  }

  /** Builds an image by the classic builder; its id, which is the digest of its configuration. */
  Digest build(BuildContext context, ImageWish wish, StepLog log)
      throws StepFailedException, InterruptedException {
    var progress = new BuildProgress(log);
    try (var archive = Files.newInputStream(context.archive())) {
      follow(
          () -> {
            command(context, wish, archive).exec(progress);
            return progress;
          });
    } catch (InterruptedException e) {
      progress.running().ifPresent(this::awaitItsEnd);
      throw e;
    } catch (DockerException e) {
      throw EngineFailures.ofBuild(EngineFailures.text(e), context.dockerfile(), progress.step());
    } catch (IOException e) {
      throw EngineFailures.unreachable(address(), e);
    }
    var error = progress.error();
    if (error.isPresent()) {
      throw EngineFailures.ofBuild(error.get(), context.dockerfile(), progress.step());
    }
    var built = progress.image();
    if (built.isEmpty()) {
      throw EngineFailures.unexpected("the engine's build ended without an image");
    }
    var image = call(() -> client.inspectImageCmd(built.get()).exec().getId());
    if (image == null) {
      throw EngineFailures.unexpected("the engine does not tell the image's id");
    }
    return new Digest(image);
  }

  private BuildImageCmd command(BuildContext context, ImageWish wish, InputStream archive) {
    var command =
        client
            .buildImageCmd(archive)
            .withDockerfilePath(context.dockerfile())
            .withLabels(wish.labels())
            .withRemove(true)
            .withForcerm(true);
    wish.args().forEach(command::withBuildArg);
    wish.target().ifPresent(command::withTarget);
    if (wish.login().isPresent()) {
      var all = config.getAuthConfigurations();
      all.addConfig(auth(wish.login().get()));
      command.withBuildAuthConfigs(all);
    }
    return command;
  }

  /** Gives an image a name on this engine. */
  void name(Digest image, String repository, String tag)
      throws StepFailedException, InterruptedException {
    call(() -> client.tagImageCmd(image.text(), repository, tag).exec());
  }

  /**
   * Pushes what has this name; the digest of its manifest, as the registry took it.
   *
   * @param image that must have been pushed
   */
  Digest push(Digest image, String repository, String tag, Optional<Login> login, StepLog log)
      throws StepFailedException, InterruptedException {
    var progress = new PushProgress(log);
    try {
      follow(
          () ->
              client
                  .pushImageCmd(repository)
                  .withTag(tag)
                  .withAuthConfig(login.map(DockerEngine::auth).orElseGet(AuthConfig::new))
                  .exec(progress));
    } catch (DockerException e) {
      throw EngineFailures.ofPush(EngineFailures.text(e), repository);
    }
    var error = progress.error();
    if (error.isPresent()) {
      throw EngineFailures.ofPush(error.get(), repository);
    }
    var digest =
        progress
            .digest()
            .orElseThrow(() -> EngineFailures.unexpected("the engine pushed and told no digest"));
    var known = call(() -> client.inspectImageCmd(image.text()).exec().getRepoDigests());
    if (known == null || known.stream().noneMatch(name -> name.endsWith("@" + digest))) {
      throw EngineFailures.unexpected(
          "the engine pushed %s to %s, which is not the image %s"
              .formatted(digest.abbreviated(), repository, image.abbreviated()));
    }
    return digest;
  }

  private static AuthConfig auth(Login login) {
    return new AuthConfig()
        .withUsername(login.username())
        .withPassword(login.password())
        .withRegistryAddress(login.registry());
  }

  /** The library's client, for the classes of this package. */
  DockerClient client() {
    return client;
  }

  @FunctionalInterface
  interface Call<T extends @Nullable Object> {
    T now();
  }

  /** Whatever a library throws for a connection that does not work, and Docker's own refusals. */
  <T extends @Nullable Object> T call(Call<T> call)
      throws StepFailedException, InterruptedException {
    try {
      return answered(call);
    } catch (DockerException e) {
      throw EngineFailures.refused(address(), EngineFailures.text(e), e);
    }
  }

  private <T extends @Nullable Object> T answered(Call<T> call)
      throws StepFailedException, InterruptedException {
    try {
      return call.now();
    } catch (DockerException e) {
      throw e;
    } catch (RuntimeException e) { // the library's edge
      if (Thread.interrupted()) {
        var stopped = new InterruptedException("stopped while the engine was asked");
        stopped.initCause(e);
        throw stopped;
      }
      throw EngineFailures.unreachable(address(), e);
    }
  }

  private void follow(Call<? extends ResultCallback.Adapter<?>> start)
      throws StepFailedException, InterruptedException {
    var progress = answered(start::now);
    try {
      progress.awaitCompletion();
    } catch (DockerException e) {
      throw e;
    } catch (RuntimeException e) { // the library's edge
      throw EngineFailures.unreachable(address(), e);
    } finally {
      close(progress);
    }
  }

  private static void close(ResultCallback.Adapter<?> progress) throws StepFailedException {
    try {
      progress.close();
    } catch (IOException e) {
      throw EngineFailures.unexpected("the engine's answer can't be closed: " + e.getMessage());
    }
  }

  /** The engine ends a build's container a moment after the connection is gone. */
  private void awaitItsEnd(String container) {
    var end = System.nanoTime() + WAIT_FOR_END.toNanos();
    try {
      while (System.nanoTime() - end < 0) {
        client.inspectContainerCmd(container).exec();
        Thread.sleep(Duration.ofMillis(100));
      }
    } catch (NotFoundException e) {
      // It is gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws StepFailedException {
    try {
      client.close();
    } catch (IOException e) {
      throw EngineFailures.unexpected("the connection can't be closed: " + e.getMessage());
    }
  }
}
