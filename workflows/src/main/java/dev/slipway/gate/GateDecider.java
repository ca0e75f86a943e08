package dev.slipway.gate;

import dev.slipway.evidence.Coverage;
import dev.slipway.evidence.Evidence;
import dev.slipway.evidence.Findings;
import dev.slipway.evidence.Signature;
import dev.slipway.evidence.TestResult;
import dev.slipway.gate.Verdict.CheckVerdict;
import dev.slipway.gate.Verdict.Result;
import dev.slipway.pipeline.Check;
import dev.slipway.pipeline.Check.Condition;
import dev.slipway.pipeline.Gate;
import dev.slipway.pipeline.Threshold;
import java.util.List;
import java.util.Locale;

/** Judges a stage's evidence. Missing evidence never passes, and all evidence of a kind must. */
public final class GateDecider {
  private GateDecider() {}

  /** What the gate says about everything that the stage's last successful steps reported. */
  public static Verdict judge(Gate gate, List<Evidence> evidence) {
    var checks = gate.checks().stream().map(check -> judge(check, evidence)).toList();
    var passed = checks.stream().allMatch(check -> check.result() == Result.PASSED);
    return new Verdict(passed || gate.mode() == Gate.Mode.REPORT, checks);
  }

  private static CheckVerdict judge(Check check, List<Evidence> evidence) {
    var fitting = evidence.stream().filter(fact -> fact.kind() == check.type()).toList();
    if (fitting.isEmpty()) {
      return new CheckVerdict(
          check.text(), Result.MISSING, "no step reported " + check.type().label());
    }
    for (var fact : fitting) {
      if (!passes(check, fact)) {
        return new CheckVerdict(check.text(), Result.FAILED, fact.source() + ": " + fact.summary());
      }
    }
    return new CheckVerdict(check.text(), Result.PASSED, summary(fitting));
  }

  private static boolean passes(Check check, Evidence fact) {
    return switch (fact) {
      case TestResult tests -> asksFor(check, "pass") && tests.isPass();
      case Coverage coverage ->
          check.threshold() instanceof Threshold.Limit(var limit)
              && compares(check.condition(), coverage.percent(), limit);
      case Findings findings -> passes(check, findings);
      case Signature signature -> asksFor(check, "valid") && signature.isValid();
    };
  }

  private static boolean asksFor(Check check, String word) {
    return check.condition() == Condition.EQ && check.threshold().equals(new Threshold.Word(word));
  }

  private static boolean passes(Check check, Findings findings) {
    return switch (check.threshold()) {
      case Threshold.Word(var word) ->
          check.condition() == Condition.EQ && word.equals("clean") && findings.isWithin(0);
      case Threshold.Limit(var most) ->
          check.condition() == Condition.LTE && findings.isWithin(most);
    };
  }

  /** NaN compares with nothing, so that a report without lines never passes. */
  private static boolean compares(Condition condition, double measured, double limit) {
    return switch (condition) {
      case GTE -> measured >= limit;
      case LTE -> measured <= limit;
      case EQ -> measured == limit;
    };
  }

  private static String summary(List<Evidence> passed) {
    var first = passed.getFirst();
    if (first instanceof TestResult) {
      var tests = passed.stream().map(TestResult.class::cast).mapToLong(TestResult::passed).sum();
      return tests == 1 ? first.summary() : String.format(Locale.ROOT, "%,d passed", tests);
    }
    return String.join("; ", passed.stream().map(Evidence::summary).toList());
  }
}
