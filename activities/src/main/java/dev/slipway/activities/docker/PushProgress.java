package dev.slipway.activities.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.PushResponseItem;
import dev.slipway.activities.step.StepLog;
import dev.slipway.artifact.Digest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an engine tells of a push, without the bytes that it counts. */
final class PushProgress extends ResultCallback.Adapter<PushResponseItem> {
  private final EngineLines lines;
  private volatile @Nullable Digest digest;
  private volatile @Nullable String error;

  PushProgress(StepLog log) {
    this.lines = new EngineLines(log::line);
  }

  @Override
  public void onNext(PushResponseItem item) {
    if (item.getErrorDetail() != null) {
      error = String.valueOf(item.getErrorDetail().getMessage());
    } else if (item.getAux() != null && item.getAux().getDigest() != null) {
      digest = new Digest(item.getAux().getDigest());
    } else if (item.getStatus() != null && item.getProgressDetail() == null) {
      lines.add((item.getId() == null ? "" : item.getId() + ": ") + item.getStatus() + "\n");
    }
  }

  /** The digest of the manifest that the registry took. */
  Optional<Digest> digest() {
    return Optional.ofNullable(digest);
  }

  Optional<String> error() {
    return Optional.ofNullable(error);
  }
}
