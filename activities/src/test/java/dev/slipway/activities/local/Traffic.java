package dev.slipway.activities.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Visitors who keep requesting on kept connections: reading, ordering and waiting for slow pages.
 */
final class Traffic {
  private static final List<String> PATHS = List.of("/", "/a", "/slow", "/b?c=d");

  private final URI url;
  private final List<Thread> visitors = new ArrayList<>();
  private final Queue<Duration> times = new ConcurrentLinkedQueue<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private volatile boolean over;

  private Traffic(URI url) {
    this.url = url;
  }

  static Traffic of(int count, URI url) {
    var traffic = new Traffic(url);
    for (var number = 0; number < count; number++) {
      var visitor = number;
      traffic.visitors.add(Thread.ofVirtual().start(() -> traffic.visit(visitor)));
    }
    return traffic;
  }

  int requests() {
    return times.size() + failures.size();
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  /** The time within which so many of a hundred requests for quick pages were answered. */
  Duration percentile(int percent) {
    var sorted = times.stream().sorted().toList();
    return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
  }

  /** Sends the visitors home, whose last requests are answered before. */
  void end() throws InterruptedException {
    over = true;
    for (var visitor : visitors) {
      visitor.join();
    }
  }

  private void visit(int visitor) {
    // One client each, so that each has a connection of its own that stays open.
    try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      for (var turn = visitor; !over; turn++) {
        request(client, turn);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void request(HttpClient client, int turn) throws InterruptedException {
    var path = PATHS.get(turn % PATHS.size());
    var request = HttpRequest.newBuilder(url.resolve(path)).timeout(Duration.ofSeconds(20));
    if (turn % 5 == 0) {
      request.POST(BodyPublishers.ofString("an order ".repeat(50)));
    }
    var began = System.nanoTime();
    try {
      var answer = client.send(request.build(), BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        failures.add(path + " answered " + answer.statusCode() + ": " + answer.body());
      } else if (!path.equals("/slow")) {
        times.add(Duration.ofNanos(System.nanoTime() - began));
      }
    } catch (IOException e) {
      failures.add(path + ": " + e);
    }
  }
}
