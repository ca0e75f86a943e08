package dev.slipway.starter.cli;

import dev.slipway.activities.environment.Holds;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.StalenessDecider;
import dev.slipway.environment.StalenessFacts;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.starter.source.Commit;
import dev.slipway.starter.source.CommitMirror;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Says before a run starts which environment will refuse its commit. The run decides for itself
 * when it comes there, since a hold may be lifted meanwhile; but nobody should have to wait to hear
 * it.
 */
final class HoldWarning {
  private final Surroundings surroundings;

  HoldWarning(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** A line for each environment that holds a commit which this one contains. */
  List<String> lines(Pipeline pipeline, Commit commit) throws IOException, InterruptedException {
    var environments = new EnvironmentFinder(surroundings).environments();
    var lines = new ArrayList<String>();
    for (var spec : pipeline.environments()) {
      var environment = new EnvironmentId(pipeline.application(), spec.name());
      var ledger = environments.ledger(environment);
      // Git is asked only where something is held.
      if (!ledger.heldCommits().isEmpty()) {
        try {
          var held =
              Holds.in(
                  commit.hash(),
                  ledger,
                  CommitMirror.of(surroundings.home(), pipeline.application(), commit));
          StalenessDecider.refusal(
                  environment, new StalenessFacts(null, true, List.of(), held, null, null))
              .ifPresent(
                  why ->
                      lines.add(
                          "warning: %s will refuse this commit: %s"
                              .formatted(environment.name(), why)));
        } catch (StepFailedException e) {
          lines.add(
              "warning: whether %s holds this commit can't be seen: %s"
                  .formatted(environment.name(), e.failure().happened()));
        }
      }
    }
    return lines;
  }
}
