package dev.slipway.activities.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Requests at a fixed rate, each on a connection of its own and never repeated. */
final class SteadyTraffic implements AutoCloseable {
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger done = new AtomicInteger();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final URI address;

  SteadyTraffic(URI address, int perSecond) {
    this.address = address;
    var _ =
        clock.scheduleAtFixedRate(
            () -> requests.execute(this::request), 0, 1_000_000 / perSecond, TimeUnit.MICROSECONDS);
  }

  /**
   * @param asked by {@link System#nanoTime}
   */
  record Answer(long asked, String body) {}

  private void request() {
    var began = System.nanoTime();
    try (var socket = new Socket()) {
      var limit = (int) Duration.ofSeconds(5).toMillis();
      socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), limit);
      socket.setSoTimeout(limit);
      socket
          .getOutputStream()
          .write("GET %s HTTP/1.0\r\n\r\n".formatted(address.getPath()).getBytes(UTF_8));
      var answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      if (answer.contains(" 200 ")) {
        var body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        answers.add(new Answer(began, body));
      } else {
        failures.add(failure(began, "answered `" + answer + "`"));
      }
    } catch (IOException e) {
      failures.add(failure(began, e.toString()));
    }
    done.incrementAndGet();
  }

  private static String failure(long began, String what) {
    var took = Duration.ofNanos(System.nanoTime() - began);
    return "%s after %s: %s".formatted(Instant.now(), took, what);
  }

  /** Those of requests that began since then. */
  List<String> answers(long since) {
    return answers.stream()
        .filter(answer -> answer.asked() - since >= 0)
        .map(Answer::body)
        .toList();
  }

  /** What this many requests or more, all of them from now on, are answered. */
  List<String> next(int requests) {
    var since = System.nanoTime();
    await().atMost(Duration.ofSeconds(20)).until(() -> answers(since).size() >= requests);
    return answers(since);
  }

  /** How many of the next requests' answers are this one, in percent. */
  double percent(String body, int requests) {
    var answers = next(requests);
    return 100.0 * Collections.frequency(answers, body) / answers.size();
  }

  int requests() {
    return done.get();
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  @Override
  public void close() {
    clock.shutdownNow();
    requests.close();
  }
}
