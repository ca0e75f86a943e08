package dev.slipway.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.artifact.Digest;
import dev.slipway.evidence.Coverage;
import dev.slipway.evidence.Evidence;
import dev.slipway.evidence.EvidenceKind;
import dev.slipway.evidence.Findings;
import dev.slipway.evidence.Findings.Count;
import dev.slipway.evidence.Provenance;
import dev.slipway.evidence.Severity;
import dev.slipway.evidence.Signature;
import dev.slipway.evidence.TestResult;
import dev.slipway.evidence.TestResult.Basis;
import dev.slipway.gate.Verdict.CheckVerdict;
import dev.slipway.gate.Verdict.Result;
import dev.slipway.pipeline.ApprovalPolicy;
import dev.slipway.pipeline.Check;
import dev.slipway.pipeline.Check.Condition;
import dev.slipway.pipeline.Gate;
import dev.slipway.pipeline.Threshold;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class GateDeciderTest {
  private static final Check TESTS =
      new Check(EvidenceKind.TEST_RESULT, Condition.EQ, new Threshold.Word("pass"));
  private static final Check COVERAGE =
      new Check(EvidenceKind.COVERAGE, Condition.GTE, new Threshold.Limit(80));

  private static final Check CLEAN =
      new Check(EvidenceKind.SECURITY_SCAN, Condition.EQ, new Threshold.Word("clean"));

  private static final Check SIGNED =
      new Check(EvidenceKind.SIGNATURE, Condition.EQ, new Threshold.Word("valid"));

  @Property
  void missingEvidenceNeverPasses(@ForAll("checks") List<Check> checks) {
    var verdict = GateDecider.judge(gate(checks), List.of());

    assertThat(verdict.passed()).isEqualTo(checks.isEmpty());
    assertThat(verdict.checks())
        .hasSameSizeAs(checks)
        .allMatch(check -> check.result() == Result.MISSING);
  }

  @Property
  void moreEvidenceNeverTurnsANoIntoAYes(
      @ForAll("checks") List<Check> checks,
      @ForAll("facts") List<Evidence> facts,
      @ForAll("fact") Evidence further) {
    var kinds = facts.stream().map(Evidence::kind).toList();
    var before = GateDecider.judge(gate(checks), facts);
    var richer = new ArrayList<>(facts);
    richer.add(further);

    var after = GateDecider.judge(gate(checks), richer);

    if (kinds.contains(further.kind()) && !before.passed()) {
      assertThat(after.passed()).isFalse();
    }
  }

  @Property
  void everyCheckIsJudgedAndOnlyAllOfThemPass(
      @ForAll("checks") List<Check> checks, @ForAll("facts") List<Evidence> facts) {
    var verdict = GateDecider.judge(gate(checks), facts);

    assertThat(verdict.checks())
        .extracting(CheckVerdict::check)
        .containsExactlyElementsOf(checks.stream().map(Check::text).toList());
    assertThat(verdict.passed())
        .isEqualTo(verdict.checks().stream().allMatch(each -> each.result() == Result.PASSED));
  }

  @Property
  void reportModeLetsEverythingGoOnAndShowsTheSame(
      @ForAll("checks") List<Check> checks, @ForAll("facts") List<Evidence> facts) {
    var report = new Gate(checks, true, false, Gate.Mode.REPORT, ApprovalPolicy.DEFAULT);

    var verdict = GateDecider.judge(report, facts);

    assertThat(verdict.passed()).isTrue();
    assertThat(verdict.checks()).isEqualTo(GateDecider.judge(gate(checks), facts).checks());
  }

  @Example
  void zeroTestsAreNoPass() {
    assertThat(judge(TESTS, new TestResult("report.xml", Basis.REPORT, 0, 0, 3, List.of())))
        .isEqualTo(Result.FAILED);
  }

  @Example
  void oneFailedTestAmongManyFails() {
    assertThat(judge(TESTS, tests(4_000, 0), tests(4_000, 1))).isEqualTo(Result.FAILED);
  }

  @Example
  void oneReportBelowTheThresholdFailsTheOthers() {
    assertThat(judge(COVERAGE, new Coverage("a", 99, 100), new Coverage("b", 79, 100)))
        .isEqualTo(Result.FAILED);
  }

  @Example
  void coverageOfNoLinesSatisfiesNoCondition() {
    for (var condition : Condition.values()) {
      for (var limit : new double[] {0, 100, -1}) {
        var check = new Check(EvidenceKind.COVERAGE, condition, new Threshold.Limit(limit));
        assertThat(judge(check, new Coverage("lcov.info", 0, 0))).isEqualTo(Result.FAILED);
      }
    }
  }

  @Example
  void coverageAtTheThresholdPasses() {
    assertThat(judge(COVERAGE, new Coverage("lcov.info", 80, 100))).isEqualTo(Result.PASSED);
  }

  @Example
  void aScanIsCleanWhenNothingCounts() {
    assertThat(judge(CLEAN, scan(214, 0))).isEqualTo(Result.PASSED);
    assertThat(judge(CLEAN, scan(214, 1))).isEqualTo(Result.FAILED);
    assertThat(judge(CLEAN, scan(214, 0), scan(3, 1))).isEqualTo(Result.FAILED);
  }

  @Example
  void aScanOfNothingIsNoPass() {
    assertThat(judge(CLEAN, scan(0, 0))).isEqualTo(Result.FAILED);
    assertThat(judge(atMost(5), scan(0, 0))).isEqualTo(Result.FAILED);
  }

  @Example
  void someFindingsMayBeAllowed() {
    assertThat(judge(atMost(2), scan(214, 2))).isEqualTo(Result.PASSED);
    assertThat(judge(atMost(2), scan(214, 3))).isEqualTo(Result.FAILED);
  }

  @Example
  void aScansVerdictSaysTheNumbers() {
    var verdict = GateDecider.judge(gate(List.of(CLEAN)), List.of(scan(1_214, 0)));

    assertThat(verdict.checks())
        .containsExactly(
            new CheckVerdict(
                "security_scan eq clean",
                Result.PASSED,
                "0 CRITICAL, 0 HIGH in 1,214 packages and checks; 2 of other severity; 1 ignored"));
  }

  @Example
  void aSignatureIsValidOnlyWithItsProvenance() {
    assertThat(judge(SIGNED, signature(1, true))).isEqualTo(Result.PASSED);
    assertThat(judge(SIGNED, signature(1, false))).isEqualTo(Result.FAILED);
    assertThat(judge(SIGNED, signature(0, true))).isEqualTo(Result.FAILED);
    assertThat(judge(SIGNED, signature(1, true), signature(0, false))).isEqualTo(Result.FAILED);
    assertThat(judge(SIGNED)).isEqualTo(Result.MISSING);
    assertThat(judge(SIGNED, scan(3, 0), tests(3, 0))).isEqualTo(Result.MISSING);
  }

  @Example
  void aSignaturesVerdictSaysWhoseItIs() {
    var key = Digest.of(new byte[] {1});

    assertThat(GateDecider.judge(gate(List.of(SIGNED)), List.of(signature(1, true))).checks())
        .containsExactly(
            new CheckVerdict(
                "signature eq valid",
                Result.PASSED,
                "signed by key %s, made of commit cccccccc by run shop/12"
                    .formatted(key.abbreviated())));
    assertThat(GateDecider.judge(gate(List.of(SIGNED)), List.of(signature(0, false))).checks())
        .extracting(CheckVerdict::reason)
        .containsExactly("shop@sha256:1: not signed by key " + key.abbreviated());
  }

  @Example
  void aThresholdOfTheWrongSortNeverPasses() {
    var most = new Check(EvidenceKind.SECURITY_SCAN, Condition.GTE, new Threshold.Limit(0));
    var pass = new Check(EvidenceKind.SECURITY_SCAN, Condition.EQ, new Threshold.Word("pass"));
    assertThat(judge(most, scan(10, 0))).isEqualTo(Result.FAILED);
    assertThat(judge(pass, scan(10, 0))).isEqualTo(Result.FAILED);

    var word = new Check(EvidenceKind.COVERAGE, Condition.GTE, new Threshold.Word("pass"));
    var number = new Check(EvidenceKind.TEST_RESULT, Condition.GTE, new Threshold.Limit(0));
    var other = new Check(EvidenceKind.TEST_RESULT, Condition.EQ, new Threshold.Word("clean"));

    var signedPass = new Check(EvidenceKind.SIGNATURE, Condition.EQ, new Threshold.Word("pass"));
    var signedMost = new Check(EvidenceKind.SIGNATURE, Condition.LTE, new Threshold.Limit(1));
    assertThat(judge(signedPass, signature(1, true))).isEqualTo(Result.FAILED);
    assertThat(judge(signedMost, signature(1, true))).isEqualTo(Result.FAILED);

    assertThat(judge(word, new Coverage("a", 100, 100))).isEqualTo(Result.FAILED);
    assertThat(judge(number, tests(10, 0))).isEqualTo(Result.FAILED);
    assertThat(judge(other, tests(10, 0))).isEqualTo(Result.FAILED);
  }

  @Example
  void verdictSaysTheNumbers() {
    var verdict =
        GateDecider.judge(gate(List.of(TESTS, COVERAGE)), List.of(tests(1_200, 0), tests(34, 0)));

    assertThat(verdict.checks())
        .containsExactly(
            new CheckVerdict("test_result eq pass", Result.PASSED, "1,234 passed"),
            new CheckVerdict("coverage gte 80", Result.MISSING, "no step reported coverage"));
  }

  private static Result judge(Check check, Evidence... facts) {
    return GateDecider.judge(gate(List.of(check)), List.of(facts)).checks().getFirst().result();
  }

  private static Gate gate(List<Check> checks) {
    return new Gate(checks, true, false, Gate.Mode.ENFORCE, ApprovalPolicy.DEFAULT);
  }

  private static Check atMost(int findings) {
    return new Check(EvidenceKind.SECURITY_SCAN, Condition.LTE, new Threshold.Limit(findings));
  }

  private static Findings scan(int examined, int high) {
    return new Findings(
        ".",
        "trivy 1",
        null,
        List.of(new Count(Severity.HIGH, high), new Count(Severity.CRITICAL, 0)),
        examined,
        2,
        1,
        List.of());
  }

  private static Signature signature(int signatures, boolean proven) {
    return new Signature(
        "shop@sha256:1",
        Digest.of(new byte[] {1}),
        signatures,
        proven ? new Provenance("/shop", "c".repeat(40), null, "shop/12", "slipway:here") : null);
  }

  private static TestResult tests(int passed, int failed) {
    return new TestResult("junit.xml", Basis.REPORT, passed, failed, 0, List.of());
  }

  @Provide
  Arbitrary<List<Check>> checks() {
    Arbitrary<Threshold> thresholds =
        Arbitraries.oneOf(
            Arbitraries.of("pass", "clean", "valid").map(Threshold.Word::new),
            Arbitraries.doubles().between(0, 100).map(Threshold.Limit::new));
    return Combinators.combine(
            Arbitraries.of(EvidenceKind.class), Arbitraries.of(Condition.class), thresholds)
        .as(Check::new)
        .list()
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<Evidence> fact() {
    Arbitrary<Evidence> tests =
        Combinators.combine(
                Arbitraries.integers().between(0, 3), Arbitraries.integers().between(0, 1))
            .as(GateDeciderTest::tests);
    Arbitrary<Evidence> coverage =
        Arbitraries.integers()
            .between(0, 10)
            .map(covered -> new Coverage("lcov.info", covered, covered == 0 ? 0 : 10));
    Arbitrary<Evidence> scans =
        Combinators.combine(
                Arbitraries.integers().between(0, 2), Arbitraries.integers().between(0, 2))
            .as(GateDeciderTest::scan);
    Arbitrary<Evidence> signatures =
        Combinators.combine(Arbitraries.integers().between(0, 2), Arbitraries.of(true, false))
            .as(GateDeciderTest::signature);
    return Arbitraries.oneOf(List.of(tests, coverage, scans, signatures));
  }

  @Provide
  Arbitrary<List<Evidence>> facts() {
    return fact().list().ofMaxSize(5);
  }
}
