package dev.slipway.activities.frontend;

import dev.slipway.action.ActionSpec;
import dev.slipway.action.DeploymentSpecs;
import dev.slipway.action.FailureType;
import dev.slipway.activities.environment.EarlierReleases;
import dev.slipway.activities.frontend.PublishedFile.Caching;
import dev.slipway.activities.step.Action;
import dev.slipway.activities.step.StepContext;
import dev.slipway.activities.target.Target;
import dev.slipway.artifact.ArtifactRef;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.evidence.TestResult;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code frontend_publish}: keeps a built frontend's files, and has the target serve them. */
public final class FrontendPublishAction implements Action {
  private final Target target;
  private final EarlierReleases earlier;

  public FrontendPublishAction(Target target, EarlierReleases earlier) {
    this.target = target;
    this.earlier = earlier;
  }

  @Override
  public ActionSpec spec() {
    return DeploymentSpecs.FRONTEND_PUBLISH;
  }

  @Override
  public StepOutcome perform(StepContext step) throws StepFailedException, InterruptedException {
    var grant = step.environment();
    var environment = new EnvironmentId(step.request().key().application(), grant.spec().name());
    var artifact = step.artifact(step.params().required("artifact"));
    var manifest = keep(step, artifact);
    earlier.requireFrontend(step, artifact.name(), manifest.digest());
    var lasting = manifest.cached(Caching.LASTING).size();
    var asking = manifest.files().size() - lasting;
    step.log()
        .line("%d files to keep for ever, %d to ask for each time".formatted(lasting, asking));

    target.publish(environment, Optional.of(manifest.digest()), grant.fencingToken(), step.log());

    var url = target.url(environment).toString();
    return StepOutcome.of(
            "%d files published at %s, read back and compared"
                .formatted(manifest.files().size(), url))
        .withEvidence(
            List.of(
                new TestResult(
                    url, TestResult.Basis.PROBE, manifest.files().size(), 0, 0, List.of())))
        .withOutputs(Map.of("url", url, "manifest", manifest.digest().text()));
  }

  private static Manifest keep(StepContext step, ArtifactRef artifact)
      throws StepFailedException, InterruptedException {
    try {
      var folder = step.temp().resolve("frontend");
      step.unpack(artifact, folder);
      return checked(artifact, new ManifestBuilder(step.store()).keep(folder));
    } catch (IllegalArgumentException e) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "artifact " + artifact.name() + " can't be published: " + e.getMessage(),
          "Publish the folder that the frontend's build writes, and nothing else.",
          e);
    } catch (IOException | UncheckedIOException e) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "artifact " + artifact.name() + " can't be read into the store: " + e,
          "Look at the disk's space and permissions.",
          e);
    }
  }

  private static Manifest checked(ArtifactRef artifact, Manifest manifest)
      throws StepFailedException {
    if (manifest.files().isEmpty()) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "artifact " + artifact.name() + " has no files to publish",
          "Name the artifact of the step that builds the frontend.");
    }
    return manifest;
  }
}
