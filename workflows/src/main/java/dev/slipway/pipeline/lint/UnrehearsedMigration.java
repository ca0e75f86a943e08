package dev.slipway.pipeline.lint;

import dev.slipway.action.ActionSpec.Effect;
import dev.slipway.pipeline.EnvironmentSpec;
import org.jspecify.annotations.Nullable;

/** No migration meets production's data first. */
final class UnrehearsedMigration implements Rule {
  @Override
  public void check(LintedPipeline linted, Findings findings) {
    for (var stage : linted.stages()) {
      var name = stage.stage().environment();
      var after =
          name == null
              ? null
              : linted.pipeline().environment(name).map(EnvironmentSpec::after).orElse(null);
      if (!stage.isInProduction() && after == null) {
        continue;
      }
      for (var migration : stage.stepsThat(Effect.MIGRATES)) {
        if (!isRehearsed(migration, stage, after, linted)) {
          findings.error(
              migration.at("action"),
              "step %s migrates %s, and no earlier environment has had the migrations"
                  .formatted(migration.quotedName(), name),
              "migrate %s in an earlier stage".formatted(after == null ? "staging" : after));
        }
      }
    }
  }

  private static boolean isRehearsed(
      LintedStep migration, LintedStage in, @Nullable String after, LintedPipeline linted) {
    return linted.stages().stream()
        .filter(
            stage ->
                after == null
                    ? stage.stage().environment() != null && !stage.isInProduction()
                    : after.equals(stage.stage().environment()))
        .filter(stage -> linted.graph().isStageBefore(stage.stage().name(), in.stage().name()))
        .flatMap(stage -> stage.stepsThat(Effect.MIGRATES).stream())
        .anyMatch(rehearsal -> linted.isBefore(rehearsal, migration));
  }
}
