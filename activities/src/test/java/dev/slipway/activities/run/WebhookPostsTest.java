package dev.slipway.activities.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.action.FailureType;
import dev.slipway.activities.home.Home;
import dev.slipway.activities.secret.Secrets;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class WebhookPostsTest {
  private static final byte[] JSON = "{\"text\":\"žluť\"}".getBytes(UTF_8);
  private static final String SECRET = "T0KEN-of-the-hook";

  @TempDir private Path folder;
  private final List<String> got = new CopyOnWriteArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;
  private WebhookPosts posts;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
    posts =
        new WebhookPosts(
            new Secrets(Home.at(folder), Map.of("SLIPWAY_SECRET_HOOK", SECRET)),
            Duration.ofSeconds(2));
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
    threads.close();
  }

  @Test
  void jsonIsPostedWithTheKeyOfItsEvent() throws Exception {
    answers("/" + SECRET, 204);

    posts.post(url("/${secret:HOOK}"), JSON, "run/shop/1/3");

    assertThat(got).containsExactly("POST application/json run/shop/1/3 {\"text\":\"žluť\"}");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 429})
  void whatMayPassIsTriedAgain(int status) {
    answers("/", status);

    fails(url("/?key=${secret:HOOK}"), FailureType.TRANSIENT, "answered " + status);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 410})
  void aRefusalIsNotTriedAgain(int status) {
    answers("/", status);

    fails(url("/?key=${secret:HOOK}"), FailureType.CONFIGURATION, "answered " + status);
  }

  @Test
  void aRedirectIsNotFollowed() {
    answers("/elsewhere", 200);
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Location", url("/elsewhere"));
          exchange.sendResponseHeaders(307, -1);
          exchange.close();
        });

    fails(url("/${secret:HOOK}"), FailureType.CONFIGURATION, "answered 307");
    assertThat(got).isEmpty();
  }

  @Test
  void anAnswerThatDoesNotComeIsWaitedForAWhileOnly() {
    server.createContext("/", exchange -> awaitEnd());

    fails(url("/${secret:HOOK}"), FailureType.TRANSIENT, "HttpTimeoutException");
  }

  @Test
  void anAnswersBodyIsNotWaitedFor() throws Exception {
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('.');
          exchange.getResponseBody().flush();
          awaitEnd();
        });

    posts.post(url("/"), JSON, "key");

    assertThat(end.getCount()).isEqualTo(1);
  }

  @Test
  void aHostThatIsNotThereIsTriedAgain() {
    server.stop(0);

    fails(url("/${secret:HOOK}"), FailureType.TRANSIENT, "can't be reached");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${secret:HOOK}",
        "ftp://localhost/${secret:HOOK}",
        "file:///${secret:HOOK}",
        "http:///${secret:HOOK}",
        "https:${secret:HOOK}",
        "http://under_score/${secret:HOOK}",
        "http://localhost/a b/${secret:HOOK}",
        "http://localhost/${secret:HOOK}/${image:app}"
      })
  void whatIsNoWebAddressIsRefused(String url) {
    fails(url, FailureType.CONFIGURATION, "URL can't be used");
  }

  @Test
  void aMissingSecretIsNamed() {
    fails(url("/${secret:OTHER}"), FailureType.CONFIGURATION, "no secret `OTHER`");
  }

  private void fails(String url, FailureType type, String how) {
    assertThatThrownBy(() -> posts.post(url, JSON, "key"))
        .isInstanceOfSatisfying(
            StepFailedException.class, e -> assertThat(e.failure().type()).isEqualTo(type))
        .hasMessageContaining(how)
        .satisfies(e -> assertThat(stack(e)).doesNotContain(SECRET));
  }

  private static String stack(Throwable e) {
    var text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private void answers(String path, int status) {
    server.createContext(
        path,
        exchange -> {
          var headers = exchange.getRequestHeaders();
          got.add(
              String.join(
                  " ",
                  exchange.getRequestMethod(),
                  headers.getFirst("Content-Type"),
                  headers.getFirst("Idempotency-Key"),
                  new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
  }

  private void awaitEnd() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String url(String path) {
    return "http://localhost:" + server.getAddress().getPort() + path;
  }
}
