package dev.slipway.activities.local.supervisor;

import dev.slipway.action.Durations;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One request to a replica, and what came back.
 *
 * @param problem what was wrong; null when nothing was
 */
record Look(String path, @Nullable String problem) {
  private static final int MOST_BODY_BYTES = 300;

  boolean passed() {
    return problem == null;
  }

  /** For people. */
  String text() {
    return problem == null ? path + " answered as it should" : path + " " + problem;
  }

  /** Asks whether it may take traffic: only 200 says so. */
  static Look health(int port, String path, Duration limit) {
    return at(port, path, limit, 201);
  }

  /** Asks for a page: whatever is no error will do. */
  static Look smoke(int port, String path, Duration limit) {
    return at(port, path, limit, 400);
  }

  private static Look at(int port, String path, Duration limit, int firstBad) {
    try {
      var connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + port + path).toURL().openConnection(Proxy.NO_PROXY);
      try {
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout((int) limit.toMillis());
        connection.setReadTimeout((int) limit.toMillis());
        connection.setRequestProperty("Connection", "close");
        connection.setRequestProperty("User-Agent", "slipway-health");
        var status = connection.getResponseCode();
        return status >= 200 && status < firstBad
            ? new Look(path, null)
            : new Look(path, "answered " + status + body(connection.getErrorStream()));
      } finally {
        connection.disconnect();
      }
    } catch (ConnectException e) {
      return new Look(path, "connection refused");
    } catch (SocketTimeoutException e) {
      return new Look(path, "gave no answer within " + Durations.text(limit));
    } catch (IOException | IllegalArgumentException e) {
      return new Look(path, "could not be read: " + e.getMessage());
    }
  }

  private static String body(@Nullable InputStream stream) throws IOException {
    if (stream == null) {
      return "";
    }
    var text =
        new String(stream.readNBytes(MOST_BODY_BYTES), StandardCharsets.UTF_8)
            .replaceAll("\\p{Cntrl}+", " ")
            .strip();
    return text.isEmpty() ? "" : " " + text;
  }
}
