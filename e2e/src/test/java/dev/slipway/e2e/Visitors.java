package dev.slipway.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Requests without end, each counted, until they are stopped. */
final class Visitors implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicLong answered = new AtomicLong();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final Thread thread;

  private Visitors(URI place) {
    thread = Thread.ofPlatform().name("visitors").start(() -> visit(place));
  }

  static Visitors of(URI place) {
    return new Visitors(place);
  }

  private void visit(URI place) {
    var request = HttpRequest.newBuilder(place).timeout(Duration.ofSeconds(10)).build();
    while (!Thread.currentThread().isInterrupted()) {
      try {
        var answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() == 200) {
          answered.incrementAndGet();
        } else {
          failures.add("status " + answer.statusCode());
        }
        Thread.sleep(10);
      } catch (IOException e) {
        failures.add(e.toString());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  long answered() {
    return answered.get();
  }

  List<String> failures() {
    return failures;
  }

  /** Sends nothing more. */
  void stop() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
    client.close();
  }
}
