package dev.slipway.pipeline.lint;

/** Something that a person who delivers software has learned the hard way. */
interface Rule {
  void check(LintedPipeline linted, Findings findings);
}
