package dev.slipway.activities.http;

import dev.slipway.action.Durations;
import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Makes one request again and again, each within a time limit that covers the body too. */
final class Probe implements AutoCloseable {
  /** How an answer ended. */
  sealed interface Result {}

  /**
   * @param body at most its first MiB
   * @param isCut whether there was more
   */
  record Answer(int status, String body, boolean isCut) implements Result {}

  /**
   * @param why as the end of a sentence about the URL
   */
  record NoAnswer(String why) implements Result {}

  private final HttpClient client;
  private final HttpRequest request;
  private final Duration limit;

  private Probe(HttpClient client, HttpRequest request, Duration limit) {
    this.client = client;
    this.request = request;
    this.limit = limit;
  }

  static Probe of(Address address, Map<String, String> headers, Duration limit)
      throws StepFailedException {
    var request = HttpRequest.newBuilder(address.uri()).GET();
    for (var header : headers.entrySet()) {
      try {
        request.setHeader(header.getKey(), header.getValue());
      } catch (IllegalArgumentException e) {
        // Without the exception, whose message may quote a secret.
        throw new StepFailedException(
            FailureType.CONFIGURATION,
            "`params.headers` has a header `%s` that can't be sent".formatted(header.getKey()),
            "Its name or its value has a character that HTTP forbids, or the name belongs to the"
                + " connection, as `Host` and `Content-Length` do.");
      }
    }
    var client =
        HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(limit)
            .build();
    return new Probe(client, request.build(), limit);
  }

  /** Makes the request; an answer that is not there in time is none. */
  Result request() throws InterruptedException {
    var answer = client.sendAsync(request, _ -> new HeadOfBody());
    try {
      var response = answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      var body = response.body();
      return new Answer(response.statusCode(), body.text(), body.isCut());
    } catch (TimeoutException e) {
      return new NoAnswer("did not answer within " + Durations.text(limit));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        return new NoAnswer(why(failure));
      }
      throw new IllegalStateException("an HTTP request failed in an unknown way", e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private String why(IOException failure) {
    return switch (failure) {
      case java.net.http.HttpTimeoutException _ -> "did not answer within " + Durations.text(limit);
      case ConnectException _ when causedBy(failure, UnresolvedAddressException.class) ->
          "has a host that is not known";
      case ConnectException _ -> "was not reached: connection refused";
      case SSLException _ -> "was not reached: TLS failed: " + failure.getMessage();
      default -> "did not answer: the connection broke: " + failure.getMessage();
    };
  }

  private static boolean causedBy(Throwable failure, Class<? extends Throwable> type) {
    for (var cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
