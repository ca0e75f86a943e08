package dev.slipway.activities.http;

import static dev.slipway.activities.step.Failing.failure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.action.FailureType;
import dev.slipway.activities.step.TestStep;
import dev.slipway.evidence.TestResult;
import dev.slipway.evidence.TestResult.Basis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HttpCheckActionTest {
  private final HttpCheckAction action = new HttpCheckAction();
  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch end = new CountDownLatch(1);
  @TempDir private Path folder;
  private HttpServer server;

  @BeforeEach
  void server() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/ok", exchange -> answer(exchange, 200, "all is well"));
    server.createContext("/broken", exchange -> answer(exchange, 503, "no\n\u001b[31mdatabase"));
    server.createContext(
        "/third", exchange -> answer(exchange, requests.incrementAndGet() < 3 ? 500 : 200, ""));
    server.createContext(
        "/moved",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/ok");
          answer(exchange, 302, "");
        });
    server.createContext(
        "/header",
        exchange ->
            answer(exchange, 200, String.valueOf(exchange.getRequestHeaders().getFirst("X-Key"))));
    server.createContext("/hangs", exchange -> hang(exchange, false));
    server.createContext("/trickles", exchange -> hang(exchange, true));
    server.createContext("/endless", HttpCheckActionTest::endless);
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
  }

  @Test
  void theExpectedAnswerIsEvidence() throws Exception {
    var outcome = action.perform(step("'url': '%s'".formatted(url("/ok?token=secret#a"))));

    assertThat(outcome.evidence())
        .singleElement()
        .isInstanceOfSatisfying(
            TestResult.class,
            result -> {
              assertThat(result.basis()).isEqualTo(Basis.PROBE);
              assertThat(result.isPass()).isTrue();
              assertThat(result.source()).isEqualTo(url("/ok"));
            });
  }

  @Test
  void noSecretOfTheAddressIsSaid() {
    var step = step("'url': '%s'".formatted(url("/broken?token=secret")));

    var failure = failure(FailureType.UNHEALTHY, action, step);

    assertThat(failure.toString()).doesNotContain("secret");
    assertThat(step.lines()).noneMatch(line -> line.contains("secret"));
  }

  @Test
  void aWrongStatusIsUnhealthyAndShowsTheAnswer() {
    var failure =
        failure(FailureType.UNHEALTHY, action, step("'url': '%s'".formatted(url("/broken"))));

    assertThat(failure.happened()).contains("answered 503, not 200: no [31mdatabase");
    assertThat(failure.evidence())
        .singleElement()
        .isInstanceOfSatisfying(TestResult.class, result -> assertThat(result.isPass()).isFalse());
  }

  @Test
  void aRedirectIsAnAnswerAndNotFollowed() throws Exception {
    failure(FailureType.UNHEALTHY, action, step("'url': '%s'".formatted(url("/moved"))));

    action.perform(step("'url': '%s', 'expectedStatus': 302".formatted(url("/moved"))));
  }

  @Test
  void theBodyMustContainTheText() throws Exception {
    action.perform(step("'url': '%s', 'contains': 'is well'".formatted(url("/ok"))));

    var failure =
        failure(
            FailureType.UNHEALTHY,
            action,
            step("'url': '%s', 'contains': 'is bad'".formatted(url("/ok"))));
    assertThat(failure.happened()).contains("without `is bad`: all is well");
  }

  @Test
  void headersAreSent() throws Exception {
    action.perform(
        step(
            "'url': '%s', 'headers': {'X-Key': '42'}, 'contains': '42'".formatted(url("/header"))));
  }

  @Test
  void aHeaderThatCantBeSentIsASettingAndItsValueIsNotSaid() {
    var failure =
        failure(
            FailureType.CONFIGURATION,
            action,
            step("'url': '%s', 'headers': {'X': 'sec\\nret'}".formatted(url("/ok"))));

    assertThat(failure.toString()).doesNotContain("sec");
  }

  @Test
  void itIsRequestedUntilItAnswersAsExpected() throws Exception {
    var outcome =
        action.perform(step("'url': '%s', 'retries': 5, 'intervalMs': 1".formatted(url("/third"))));

    assertThat(requests).hasValue(3);
    assertThat(outcome.summary()).endsWith("at request 3");
  }

  @Test
  void retriesEnd() {
    failure(
        FailureType.UNHEALTHY,
        action,
        step("'url': '%s', 'retries': 1, 'intervalMs': 1".formatted(url("/third"))));

    assertThat(requests).hasValue(2);
  }

  @Test
  void nobodyThereIsConnectionRefused() throws Exception {
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }

    var failure =
        failure(
            FailureType.UNHEALTHY, action, step("'url': 'http://127.0.0.1:%d/'".formatted(port)));
    assertThat(failure.happened()).endsWith("was not reached: connection refused");
  }

  @Test
  void anUnknownHostIsNamedAsSuch() {
    var failure =
        failure(FailureType.UNHEALTHY, action, step("'url': 'http://no-such-host.invalid/'"));

    assertThat(failure.happened()).contains("host that is not known");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/hangs", "/trickles"})
  void anAnswerThatDoesNotComeToItsEndIsNone(String path) {
    var step = step("'url': '%s'".formatted(url(path))).within(Duration.ofMillis(400));

    assertThat(failure(FailureType.UNHEALTHY, action, step).happened())
        .endsWith("did not answer within 0.4s");
  }

  @Test
  void anEndlessBodyIsReadToItsFirstMebibyte() {
    var step = step("'url': '%s', 'contains': 'never'".formatted(url("/endless")));

    assertThat(failure(FailureType.UNHEALTHY, action, step).happened())
        .contains("without `never` in its first MiB");
  }

  @Test
  void anInterruptionStopsItAtOnce() throws Exception {
    var task = new FutureTask<>(() -> action.perform(step("'url': '%s'".formatted(url("/hangs")))));
    var thread = Thread.ofVirtual().start(task);
    await().atMost(10, TimeUnit.SECONDS).until(() -> requests.get() == 1);

    thread.interrupt();

    assertThat(thread.join(Duration.ofSeconds(5))).isTrue();
    assertThat(task.state()).isEqualTo(FutureTask.State.FAILED);
    assertThat(task.exceptionNow()).isInstanceOf(InterruptedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "ftp://example.org/",
        "/health",
        "http://",
        "http://a b/",
        "http://user:secret@127.0.0.1/",
        "jar:file:/a!/b",
        "http:///path"
      })
  void onlyHttpAndHttpsAddressesAreRequested(String address) {
    var failure =
        failure(FailureType.CONFIGURATION, action, step("'url': '%s'".formatted(address)));

    assertThat(failure.toString()).doesNotContain("user:secret");
  }

  private String url(String path) {
    return "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path);
  }

  private TestStep step(String params) {
    return TestStep.of(folder, "{" + params.replace('\'', '"') + "}");
  }

  private void hang(HttpExchange exchange, boolean begins) throws IOException {
    requests.incrementAndGet();
    if (begins) {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write('a');
      exchange.getResponseBody().flush();
    }
    try {
      var _ = end.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
  }

  private static void endless(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (var body = exchange.getResponseBody()) {
      for (var i = 0; i < 1000; i++) {
        body.write(new byte[1 << 20]);
      }
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }
}
