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
import java.util.Optional;

/**
 * Posts to webhooks. A URL often is a secret itself, so that errors name its host alone; redirects
 * are not followed.
 */
public final class WebhookPosts implements RunControl.Webhooks {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Secrets secrets;
  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(Redirect.NEVER).connectTimeout(LIMIT).build();

  public WebhookPosts(Secrets secrets) {
    this.secrets = secrets;
  }

  @Override
  public void post(String url, byte[] json, String key)
      throws StepFailedException, InterruptedException {
    var target = target(url);
    var request =
        HttpRequest.newBuilder(target)
            .timeout(LIMIT)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofByteArray(json))
            .build();
    try {
      var status = client.send(request, BodyHandlers.discarding()).statusCode();
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
      return URI.create(template.value());
    } catch (UnknownReferenceException | IllegalArgumentException e) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "a webhook's URL can't be used",
          "Check `notifications` in the pipeline file, and the secrets it refers to.");
    }
  }

  private static StepFailedException failure(FailureType type, URI target, String how) {
    return new StepFailedException(
        type, "the webhook at %s %s".formatted(target.getHost(), how), "Check the webhook's URL.");
  }
}
