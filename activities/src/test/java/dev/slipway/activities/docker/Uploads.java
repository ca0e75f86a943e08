package dev.slipway.activities.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.artifact.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.Optional;

/** Puts images into a test's registry, and looks at what it has. */
public final class Uploads {
  public static final String OCI = "application/vnd.oci.image.manifest.v1+json";
  static final String INDEX = "application/vnd.oci.image.index.v1+json";
  static final String DOCKER = "application/vnd.docker.distribution.manifest.v2+json";

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI root;

  Uploads(TestRegistry registry) {
    this(registry.host());
  }

  /** To the registry at this host and port. */
  public Uploads(String host) {
    this.root = URI.create("http://" + host);
  }

  /** An image without layers whose configuration says this. */
  public Digest image(String name, String type, String says)
      throws IOException, InterruptedException {
    var config = "{\"architecture\":\"amd64\",\"os\":\"linux\",\"author\":\"%s\"}".formatted(says);
    var manifest =
        """
        {"schemaVersion": 2, "mediaType": "%s",
         "config": {"mediaType": "application/vnd.oci.image.config.v1+json",
                    "digest": "%s", "size": %d},
         "layers": []}\
        """
            .formatted(type, blob(name, config.getBytes(UTF_8)), config.length());
    return manifest(name, type, manifest);
  }

  /** Puts a manifest whose blobs are there. */
  public Digest manifest(String name, String type, String manifest)
      throws IOException, InterruptedException {
    var answer =
        send(
            at("/v2/" + name + "/manifests/" + Digest.of(manifest.getBytes(UTF_8)))
                .header("Content-Type", type)
                .PUT(BodyPublishers.ofString(manifest)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return Digest.of(manifest.getBytes(UTF_8));
  }

  /** Lets a tag stand for a manifest that is there. */
  public void tag(String name, Digest digest, String tag) throws IOException, InterruptedException {
    var manifest = tagged(name, digest.text()).orElseThrow();
    var answer =
        send(
            at("/v2/" + name + "/manifests/" + tag)
                .header("Content-Type", manifest.type())
                .PUT(BodyPublishers.ofByteArray(manifest.bytes())));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  /** Puts a layer or a configuration. */
  public Digest blob(String name, byte[] bytes) throws IOException, InterruptedException {
    var begun = send(at("/v2/" + name + "/blobs/uploads/").POST(BodyPublishers.noBody()));
    assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
    var location = begun.headers().firstValue("Location").orElseThrow();
    var digest = Digest.of(bytes);
    var done =
        send(
            at(location + (location.contains("?") ? "&" : "?") + "digest=" + digest)
                .PUT(BodyPublishers.ofByteArray(bytes)));
    assertThat(done.statusCode()).as(done.body()).isEqualTo(201);
    return digest;
  }

  /** What a tag stands for, with its media type. */
  Optional<Manifest> tagged(String name, String tag) throws IOException, InterruptedException {
    var answer =
        send(
            at("/v2/" + name + "/manifests/" + tag)
                .header("Accept", String.join(", ", OCI, DOCKER, INDEX))
                .GET());
    return answer.statusCode() == 404
        ? Optional.empty()
        : Optional.of(
            new Manifest(
                answer.headers().firstValue("Content-Type").orElseThrow(),
                answer.body().getBytes(UTF_8)));
  }

  /** The manifest that a tag stands for, as it was put. */
  public String manifest(String name, String tag) throws IOException, InterruptedException {
    return new String(tagged(name, tag).orElseThrow().bytes(), UTF_8);
  }

  /** The digest that a tag stands for. */
  public Optional<Digest> digest(String name, String tag) throws IOException, InterruptedException {
    return tagged(name, tag).map(Manifest::digest);
  }

  /** What the registry says at this path. */
  String get(String path) throws IOException, InterruptedException {
    return send(at(path).header("Accept", "*/*").header("Accept", INDEX).GET()).body();
  }

  private HttpRequest.Builder at(String path) {
    var login =
        Base64.getEncoder()
            .encodeToString((TestRegistry.USERNAME + ":" + TestRegistry.PASSWORD).getBytes(UTF_8));
    return HttpRequest.newBuilder(root.resolve(path)).header("Authorization", "Basic " + login);
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
