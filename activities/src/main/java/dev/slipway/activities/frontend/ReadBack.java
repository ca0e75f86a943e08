package dev.slipway.activities.frontend;

import dev.slipway.artifact.Digest;
import dev.slipway.evidence.TestResult;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Requests every file of a manifest where people do, and compares what comes with what should. */
public final class ReadBack {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private ReadBack() {}

  /**
   * The result of looking at every file.
   *
   * @param url of the environment, without a path
   */
  public static TestResult of(Manifest manifest, URI url) throws InterruptedException {
    var problems = new ArrayList<String>();
    try (var client = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
      for (var file : manifest.files()) {
        problem(client, url, file).ifPresent(problem -> problems.add(file.path() + problem));
      }
    }
    return new TestResult(
        url.toString(),
        TestResult.Basis.PROBE,
        manifest.files().size() - problems.size(),
        problems.size(),
        0,
        problems);
  }

  private static Optional<String> problem(HttpClient client, URI url, PublishedFile file)
      throws InterruptedException {
    try {
      var request = HttpRequest.newBuilder(address(url, file.path())).timeout(LIMIT).build();
      var answer = client.send(request, BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        return Optional.of(" answered " + answer.statusCode());
      }
      if (!Digest.of(answer.body()).equals(file.digest())) {
        return Optional.of(" has another content than was published");
      }
      return List.of(
              header(answer, "Cache-Control", file.caching().header()),
              header(answer, "Content-Type", file.mediaType()),
              header(answer, "ETag", file.etag()))
          .stream()
          .flatMap(Optional::stream)
          .findFirst();
    } catch (IOException | URISyntaxException e) {
      return Optional.of(" can't be read: " + e.getMessage());
    }
  }

  private static Optional<String> header(HttpResponse<?> answer, String name, String expected) {
    var found = answer.headers().firstValue(name).orElse("none");
    return found.equals(expected)
        ? Optional.empty()
        : Optional.of(" has " + name + " `" + found + "`, not `" + expected + "`");
  }

  private static URI address(URI url, String path) throws URISyntaxException {
    return URI.create(
        new URI(url.getScheme(), null, url.getHost(), url.getPort(), "/" + path, null, null)
            .toASCIIString());
  }
}
