package dev.slipway.activities.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.BuildResponseItem;
import dev.slipway.activities.step.StepLog;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an engine tells of a build, as lines of the step's log. */
final class BuildProgress extends ResultCallback.Adapter<BuildResponseItem> {
  private static final Pattern STEP = Pattern.compile("Step ([0-9]+/[0-9]+) : (.{0,200}).*");
  private static final Pattern RUNNING = Pattern.compile(" ---> Running in ([0-9a-f]{12,64})");
  private static final Pattern BUILT = Pattern.compile("Successfully built ([0-9a-f]{12,64})");

  private final StepLog log;
  private final EngineLines lines = new EngineLines(this::line);
  private volatile @Nullable String step;
  private volatile @Nullable String running;
  private volatile @Nullable String image;
  private volatile @Nullable String error;

  BuildProgress(StepLog log) {
    this.log = log;
  }

  @Override
  public void onNext(BuildResponseItem item) {
    if (item.getErrorDetail() != null) {
      error = String.valueOf(item.getErrorDetail().getMessage());
    } else if (item.getStream() != null) {
      lines.add(item.getStream());
    } else if (item.getStatus() != null && item.getProgressDetail() == null) {
      lines.end();
      lines.add((item.getId() == null ? "" : item.getId() + ": ") + item.getStatus() + "\n");
    }
  }

  @Override
  public void onComplete() {
    lines.end();
    super.onComplete();
  }

  /** A build's own command may print the like; the engine's word comes last. */
  private void line(String line) {
    var begun = STEP.matcher(line);
    if (begun.matches()) {
      step = begun.group(1) + " (" + begun.group(2) + ")";
      log.progress(line);
      return;
    }
    log.line(line);
    var started = RUNNING.matcher(line);
    if (started.matches()) {
      running = started.group(1);
    }
    var built = BUILT.matcher(line);
    if (built.matches()) {
      image = built.group(1);
    }
  }

  /** The Dockerfile's step that was begun last, like {@code 2/5 (RUN make)}. */
  Optional<String> step() {
    return Optional.ofNullable(step);
  }

  /** The container that was started last. */
  Optional<String> running() {
    return Optional.ofNullable(running);
  }

  /** The image, once it is built. */
  Optional<String> image() {
    return Optional.ofNullable(image);
  }

  Optional<String> error() {
    return Optional.ofNullable(error);
  }
}
