package dev.slipway.activities.run;

import dev.slipway.action.FailureType;
import dev.slipway.activities.secret.Secrets;
import dev.slipway.pipeline.Reference;
import dev.slipway.pipeline.Template;
import dev.slipway.pipeline.UnknownReferenceException;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Posts to webhooks. A URL often is a secret itself, so that errors name its host alone; redirects
 * are not followed.
 */
public final class WebhookPosts implements RunControl.Webhooks {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Set<String> SCHEMES = Set.of("http", "https");

  private final Secrets secrets;
  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(Redirect.NEVER).connectTimeout(LIMIT).build();

  private final Duration limit;

  public WebhookPosts(Secrets secrets) {
    this(secrets, LIMIT);
  }

  WebhookPosts(Secrets secrets, Duration limit) {
    this.secrets = secrets;
    this.limit = limit;
  }

  @Override
  public void post(String url, byte[] json, String key)
      throws StepFailedException, InterruptedException {
    var target = target(url);
    var request =
        HttpRequest.newBuilder(target)
            .timeout(limit)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofByteArray(json))
            .build();
    try {
      var status = statusOf(request);
      if (status >= 300) {
        throw failure(
            status == 429 || status >= 500 ? FailureType.TRANSIENT : FailureType.CONFIGURATION,
            target,
            "answered " + status);
      }
    } catch (IOException e) {
      throw failure(
          FailureType.TRANSIENT, target, "can't be reached: " + e.getClass().getSimpleName());
    }
  }

  /** An answer's body is left unread: the time limit ends with its headers. */
  private int statusOf(HttpRequest request) throws IOException, InterruptedException {
    var response = client.send(request, BodyHandlers.ofInputStream());
    response.body().close();
    return response.statusCode();
  }

  private URI target(String url) throws StepFailedException {
    try {
      var template = Template.parse(url);
      for (var reference : template.references()) {
        if (reference instanceof Reference.Secret(var name)) {
          var value = secrets.require(name);
          template =
              template.resolve(
                  other -> other.equals(reference) ? Optional.of(value) : Optional.empty());
        }
      }
      var target = URI.create(template.value());
      if (!SCHEMES.contains(String.valueOf(target.getScheme()).toLowerCase(Locale.ROOT))
          || target.getHost() == null) {
        throw new IllegalArgumentException("not the address of a host");
      }
      return target;
    } catch (UnknownReferenceException | IllegalArgumentException e) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "a webhook's URL can't be used",
          "Check `notifications` in the pipeline file, and the secrets it refers to: it begins with"
              + " http:// or https://.");
    }
  }

  private static StepFailedException failure(FailureType type, URI target, String how) {
    return new StepFailedException(
        type, "the webhook at %s %s".formatted(target.getHost(), how), "Check the webhook's URL.");
  }
}
