package dev.slipway.starter.plan;

import dev.slipway.action.ClusterSpecs;
import dev.slipway.action.DatabaseSpecs;
import dev.slipway.activities.database.script.MigrationFiles;
import dev.slipway.activities.database.script.Version;
import dev.slipway.activities.deployment.StepPreview;
import dev.slipway.activities.environment.EarlierReleases;
import dev.slipway.activities.kubernetes.ClusterPreview;
import dev.slipway.activities.step.DryStep;
import dev.slipway.activities.step.StepContext;
import dev.slipway.activities.step.StepLog;
import dev.slipway.activities.step.StepResources;
import dev.slipway.environment.Deployment;
import dev.slipway.environment.EnvironmentState;
import dev.slipway.environment.LedgerView;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.pipeline.Interpolation;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.Stage;
import dev.slipway.pipeline.Step;
import dev.slipway.source.SourceRef;
import dev.slipway.step.EnvironmentGrant;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepKey;
import dev.slipway.step.StepRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the steps that change an environment would change there, one after the other. */
record EnvironmentSteps(
    Pipeline pipeline,
    SourceRef source,
    StepResources resources,
    EnvironmentSpec spec,
    LedgerView view,
    @Nullable Deployment running,
    PlannedImages images,
    Optional<ClusterPreview> cluster,
    PlanDraft draft) {
  private static final long NO_RUN = 0;
  private static final long NO_TOKEN = 0;

  private static final StepLog UNHEARD =
      new StepLog() {
        @Override
        public void line(String text) {}

        @Override
        public void progress(String text) {}
      };

  void look(Optional<EarlierReleases> earlier) throws IOException, InterruptedException {
    for (var stage : pipeline.stages()) {
      if (spec.name().equals(stage.environment())) {
        for (var step : stage.steps()) {
          look(stage, step, earlier);
        }
      }
    }
  }

  private void look(Stage stage, Step step, Optional<EarlierReleases> earlier)
      throws IOException, InterruptedException {
    var isMigration = step.action().equals(DatabaseSpecs.DB_MIGRATE.name());
    if (!isMigration && (cluster.isEmpty() || !StepPreview.isOf(step.action()))) {
      return;
    }
    var request = request(stage, step);
    try (var dry = DryStep.begin(request, resources, UNHEARD)) {
      UnaryOperator<String> shown = text -> images.shown(dry.masked(text));
      var refusals = new PolicyRefusals(isUnbuilt(request), draft);
      try {
        if (isMigration) {
          draft.note(migration(dry.context()));
        } else {
          draft.add(
              refusals.withoutDoubtful(
                  new StepPreview(cluster.orElseThrow(), earlier)
                      .of(step.action(), dry.context()).stream()
                          .map(change -> change.written(shown))
                          .toList()));
        }
      } catch (StepFailedException e) {
        if (!refusals.noteDoubtful(step.name(), shown.apply(e.failure().happened()))) {
          draft.refuse(step.name(), e.failure(), shown);
        }
      }
    }
  }

  private boolean isUnbuilt(StepRequest request) {
    return request.params().text(ClusterSpecs.IMAGE).filter(images::isUnbuilt).isPresent();
  }

  private StepRequest request(Stage stage, Step step) {
    var before = spec.after();
    return new StepRequest(
        new StepKey(pipeline.application(), NO_RUN, stage.name(), step.name(), 1),
        source,
        Interpolation.insert(step.params(), images::value),
        step.directory(),
        Interpolation.insert(step.env(), images::value),
        List.of(),
        step.artifact(),
        new EnvironmentGrant(
            spec,
            NO_TOKEN,
            new EnvironmentState(running, null, null),
            view.nextNumber(),
            null,
            before == null ? null : pipeline.environment(before).orElse(null)),
        null,
        null,
        step.timeout());
  }

  /** By the ledger: the database itself is not asked. */
  private String migration(StepContext step) throws StepFailedException, InterruptedException {
    if (view.isDamaged()) {
      return "nobody knows at which version the schema is, as the last way back failed";
    }
    var folder = step.params().text("directory", "db/migrations");
    var files = MigrationFiles.read(step.workspace(), step.directory().resolve(folder)).sound();
    var now = view.schemaVersion().flatMap(Version::parse).orElse(Version.NONE);
    var pending =
        files.migrations().stream()
            .filter(migration -> migration.version().compareTo(now) > 0)
            .map(migration -> migration.up().name())
            .toList();
    return pending.isEmpty()
        ? "by the ledger the schema is at version %s, and no migration is pending"
            .formatted(now.text())
        : "by the ledger the schema goes from version %s to %s: %s"
            .formatted(now.text(), files.newest().text(), String.join(", ", pending));
  }
}
