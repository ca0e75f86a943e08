package dev.slipway.starter.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Visitors of the shop: a steady stream of requests, each counted. A request has failed when it got
 * no answer or one of 500 and above.
 */
final class Traffic implements AutoCloseable {
  /** Requests a second. */
  static final int RATE = 30;

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration BETWEEN = Duration.ofSeconds(1).dividedBy(RATE);
  private static final List<String> PATHS =
      List.of("/", "/api/products", "/api/products/1", "/api/products/2", "/api/products/3");
  private static final int MOST_EXAMPLES = 5;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final ConcurrentLinkedQueue<String> examples = new ConcurrentLinkedQueue<>();

  /** Begins to visit the shop at this address. */
  static Traffic to(URI shop) {
    var traffic = new Traffic();
    var _ =
        traffic.clock.scheduleAtFixedRate(
            () -> Thread.ofVirtual().start(() -> traffic.visit(shop)),
            0,
            BETWEEN.toNanos(),
            TimeUnit.NANOSECONDS);
    return traffic;
  }

  private void visit(URI shop) {
    var number = sent.getAndIncrement();
    var path = PATHS.get((int) (number % PATHS.size()));
    // Three requests make a visitor, as in the measurements of the story.
    var request =
        HttpRequest.newBuilder(shop.resolve(path))
            .timeout(PATIENCE)
            .header("Cookie", "visitor=v" + number / 3)
            .GET()
            .build();
    try {
      var answer = client.send(request, BodyHandlers.discarding());
      if (answer.statusCode() >= 500) {
        fail(path, "status " + answer.statusCode());
      } else {
        answered.incrementAndGet();
      }
    } catch (IOException e) {
      fail(path, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void fail(String path, String why) {
    failed.incrementAndGet();
    if (examples.size() < MOST_EXAMPLES) {
      examples.add(path + ": " + why);
    }
  }

  /** Requests that were answered so far. */
  long answered() {
    return answered.get();
  }

  /** Requests that failed so far. */
  long failed() {
    return failed.get();
  }

  /** Why some failed. */
  Optional<String> examples() {
    return examples.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", examples));
  }

  @Override
  public void close() {
    stop();
    client.close();
  }

  /** Sends nothing more, and waits until what was sent is answered. */
  void stop() {
    clock.shutdown();
    var limit = System.nanoTime() + PATIENCE.toNanos();
    while (answered.get() + failed.get() < sent.get() && System.nanoTime() < limit) {
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
  }
}
