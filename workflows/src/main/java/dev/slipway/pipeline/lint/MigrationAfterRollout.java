package dev.slipway.pipeline.lint;

import dev.slipway.action.ActionSpec.Effect;

/**
 * The schema changes before what runs on it: only then can the old release be proven on the new
 * schema, and only then is it a way back.
 */
final class MigrationAfterRollout implements Rule {
  @Override
  public void check(LintedPipeline linted, Findings findings) {
    for (var stage : linted.stages()) {
      for (var migration : stage.stepsThat(Effect.MIGRATES)) {
        linted.stepsBeside(stage, Effect.DEPLOYS).stream()
            .filter(rollout -> !linted.isBefore(migration, rollout))
            .findFirst()
            .ifPresent(rollout -> report(migration, rollout, linted, findings));
      }
    }
  }

  private static void report(
      LintedStep migration, LintedStep rollout, LintedPipeline linted, Findings findings) {
    findings.error(
        migration.at("action"),
        "step %s migrates the schema %s step %s changes what runs on it"
            .formatted(
                migration.quotedName(),
                linted.isBefore(rollout, migration) ? "after" : "while",
                rollout.quotedName()),
        "migrate first, so that the old release is proven on the new schema and stays a way back");
  }
}
