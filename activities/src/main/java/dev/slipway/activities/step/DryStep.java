package dev.slipway.activities.step;

import dev.slipway.activities.process.ProcessRunner;
import dev.slipway.activities.process.StepMarker;
import dev.slipway.activities.secret.Masking;
import dev.slipway.step.StepRequest;
import java.io.IOException;

/**
 * A step for whoever wants to know what it would do: with its files and its parameters, and with no
 * log, outcome or process that is left behind.
 */
public final class DryStep implements AutoCloseable {
  private final AttemptFolders folders;
  private final Masking masking = new Masking();
  private final StepContext context;

  private DryStep(AttemptFolders folders, StepRequest request, StepResources resources, StepLog log)
      throws IOException {
    this.folders = folders;
    var marker =
        StepMarker.of(resources.store().identity(), request.key().path(), folders.attempt());
    this.context =
        new AttemptContext(
            request,
            folders,
            resources.store(),
            new LateReferences(request, resources, masking),
            new ProcessRunner(marker, resources.environment(), folders.programsTemp()),
            log);
  }

  /** Begins one, in folders of its own. */
  public static DryStep begin(StepRequest request, StepResources resources, StepLog log)
      throws IOException {
    var folders = AttemptFolders.create(resources.home().work());
    return new DryStep(folders, request, resources, log);
  }

  public StepContext context() {
    return context;
  }

  /** A text without the secrets that the step has resolved so far. */
  public String masked(String text) {
    return masking.mask(text);
  }

  @Override
  public void close() throws IOException {
    folders.delete();
  }
}
