package dev.slipway.pipeline.lint;

import java.util.List;

/** Every rule, applied to a pipeline that could be read, even where parts of it are wrong. */
public final class DeliveryLint {
  private static final List<Rule> RULES = List.of(new SkippedEnvironment());

  private DeliveryLint() {}

  /** Reports all that the rules find. */
  public static void check(LintedPipeline linted, Findings findings) {
    RULES.forEach(rule -> rule.check(linted, findings));
  }
}
