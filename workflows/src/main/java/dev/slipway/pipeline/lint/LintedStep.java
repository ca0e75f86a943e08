package dev.slipway.pipeline.lint;

import dev.slipway.action.ActionSpec;
import dev.slipway.action.ActionSpec.Effect;
import dev.slipway.evidence.EvidenceKind;
import dev.slipway.pipeline.Step;
import dev.slipway.pipeline.StepId;
import dev.slipway.pipeline.problem.Words;
import java.util.Optional;

/**
 * A step as the rules look at it.
 *
 * @param path where the file has it
 * @param spec empty for an action that this version does not know
 */
public record LintedStep(String path, StepId id, Step step, Optional<ActionSpec> spec) {
  /** What it does to an environment; nothing that is known, for an unknown action. */
  Effect effect() {
    return step.effect();
  }

  /**
   * Whether a check of that kind can find evidence of it. A worker of others may report any kind
   * that this version can read; an action that nobody knows is an error of its own already.
   */
  boolean canFeed(EvidenceKind kind) {
    if (spec.isPresent()) {
      return spec.get().evidence().contains(kind)
          && !(kind == EvidenceKind.COVERAGE && readsNoReport());
    }
    return step.queue() == null
        || switch (kind) {
          case TEST_RESULT, COVERAGE, SECURITY_SCAN, SIGNATURE -> true;
          case PERFORMANCE_BASELINE -> false;
        };
  }

  /** Whether the exit code is all it can tell: it could read reports, and is told of none. */
  boolean readsNoReport() {
    var reports = spec.flatMap(known -> known.param("reports"));
    return reports.isPresent()
        && reports.get().defaultText() == null
        && step.params().texts("reports").isEmpty();
  }

  /** The name in quotes. */
  String quotedName() {
    return Words.quoted(step.name());
  }

  /** The path of one of its fields. */
  String at(String field) {
    return path + "." + field;
  }
}
