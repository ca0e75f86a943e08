package dev.slipway.activities.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Takes the beginning of a body and leaves an endless one. */
final class HeadOfBody implements BodySubscriber<HeadOfBody.Head> {
  private static final int MOST_BYTES = 1 << 20;

  /** What came, and whether there was more. */
  record Head(String text, boolean isCut) {}

  private final CompletableFuture<Head> head = new CompletableFuture<>();
  private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
  private Flow.@Nullable Subscription subscription;

  @Override
  public CompletionStage<Head> getBody() {
    return head;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (var buffer : buffers) {
      var bytes = new byte[Math.min(buffer.remaining(), MOST_BYTES - taken.size())];
      buffer.get(bytes);
      taken.writeBytes(bytes);
      if (buffer.hasRemaining() && head.complete(head(true))) {
        if (subscription != null) {
          subscription.cancel();
        }
        return;
      }
    }
  }

  @Override
  public void onError(Throwable failure) {
    head.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    head.complete(head(false));
  }

  private Head head(boolean isCut) {
    return new Head(taken.toString(StandardCharsets.UTF_8), isCut);
  }
}
