package dev.slipway.activities.docker;

import dev.slipway.action.FailureType;
import dev.slipway.activities.process.CleanText;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** One repository of a registry, over its HTTP API version 2. */
final class RegistryClient implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int MOST_BYTES = 4 << 20;
  private static final int LONGEST_SHOWN = 300;

  private static final String MANIFESTS =
      String.join(
          ", ",
          "application/vnd.oci.image.manifest.v1+json",
          "application/vnd.oci.image.index.v1+json",
          "application/vnd.docker.distribution.manifest.v2+json",
          "application/vnd.docker.distribution.manifest.list.v2+json");

  private final Registry registry;
  private final RegistryLogin login;
  private final HttpClient http =
      HttpClient.newBuilder().followRedirects(Redirect.NEVER).connectTimeout(LIMIT).build();

  RegistryClient(Registry registry, Optional<Login> login) {
    this.registry = registry;
    this.login = new RegistryLogin(registry, login, this::send);
  }

  /** What a digest or a tag stands for; empty when there is nothing. */
  Optional<Manifest> manifest(String reference) throws StepFailedException, InterruptedException {
    var answer = authorized(request(reference).header("Accept", MANIFESTS).GET());
    if (answer.status() == 404) {
      return Optional.empty();
    }
    if (answer.status() != 200) {
      throw refused("reading " + reference, answer);
    }
    return Optional.of(
        new Manifest(
            answer.header("Content-Type").orElse("application/octet-stream"), answer.body()));
  }

  /** Makes a tag stand for the manifest. */
  void put(String tag, Manifest manifest) throws StepFailedException, InterruptedException {
    var answer =
        authorized(
            request(tag)
                .header("Content-Type", manifest.type())
                .PUT(BodyPublishers.ofByteArray(manifest.bytes())));
    if (answer.status() != 201 && answer.status() != 200) {
      throw refused("tagging with " + tag, answer);
    }
  }

  private HttpRequest.Builder request(String reference) {
    return HttpRequest.newBuilder(
        registry.root().resolve("/v2/" + registry.name() + "/manifests/" + reference));
  }

  private Answer authorized(HttpRequest.Builder request)
      throws StepFailedException, InterruptedException {
    login.header().ifPresent(value -> request.setHeader("Authorization", value));
    var answer = send(request);
    if (answer.status() != 401) {
      return answer;
    }
    var header = login.answer(answer);
    return header.isEmpty() ? answer : send(request.setHeader("Authorization", header.get()));
  }

  /** A registry's answer, whose body is small or cut. */
  static final class Answer {
    private final HttpResponse<?> response;
    private final byte[] body;

    private Answer(HttpResponse<?> response, byte[] body) {
      this.response = response;
      this.body = body;
    }

    URI from() {
      return response.request().uri();
    }

    int status() {
      return response.statusCode();
    }

    byte[] body() {
      return body;
    }

    Optional<String> header(String name) {
      return response.headers().firstValue(name);
    }
  }

  private Answer send(HttpRequest.Builder builder)
      throws StepFailedException, InterruptedException {
    var request = builder.timeout(LIMIT).build();
    try {
      var response = http.send(request, BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        var bytes = body.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
          throw new StepFailedException(
              FailureType.CONFIGURATION,
              "%s answered more than %d MiB".formatted(this, MOST_BYTES >> 20),
              "Is this a registry?");
        }
        return new Answer(response, bytes);
      }
    } catch (SSLException e) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "the encryption of %s is refused: %s".formatted(request.uri().getHost(), reason(e)),
          "Let the worker's Java trust the registry's certificate authority (keytool, or"
              + " -Djavax.net.ssl.trustStore); without encryption only this machine is talked to.",
          e);
    } catch (IOException e) {
      throw new StepFailedException(
          FailureType.TRANSIENT,
          "%s can't be reached: %s".formatted(request.uri().getAuthority(), reason(e)),
          "Does the registry run, and can this worker reach it?",
          e);
    }
  }

  private StepFailedException refused(String what, Answer answer) {
    var happened =
        "%s: %s was answered with %d: %s"
            .formatted(this, what, answer.status(), shown(answer.body()));
    return switch (answer.status()) {
      case 401, 403 ->
          new StepFailedException(
              FailureType.CONFIGURATION,
              happened,
              "Give the step a `username` and a `password: ${secret:NAME}` that may read and write"
                  + " there.");
      case 408, 429, 500, 502, 503, 504 ->
          new StepFailedException(FailureType.TRANSIENT, happened, "Look at the registry.");
      default ->
          new StepFailedException(
              FailureType.CONFIGURATION, happened, "Look at the registry: does it allow this?");
    };
  }

  private static String reason(IOException e) {
    Throwable root = e;
    while (root.getCause() != null && root.getMessage() == null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }

  private static String shown(byte[] body) {
    var text =
        CleanText.of(new String(body, StandardCharsets.UTF_8).replaceAll("\\s+", " ").strip());
    return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
  }

  @Override
  public String toString() {
    return registry.host() + "/" + registry.name();
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  /** Sends a request once. */
  @FunctionalInterface
  interface Sending {
    Answer send(HttpRequest.Builder request) throws StepFailedException, InterruptedException;
  }
}
