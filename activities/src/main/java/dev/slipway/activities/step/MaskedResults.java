package dev.slipway.activities.step;

import dev.slipway.activities.secret.Masking;
import dev.slipway.evidence.Coverage;
import dev.slipway.evidence.Evidence;
import dev.slipway.evidence.Finding;
import dev.slipway.evidence.Findings;
import dev.slipway.evidence.Provenance;
import dev.slipway.evidence.Signature;
import dev.slipway.evidence.TestResult;
import dev.slipway.step.StepFailure;
import dev.slipway.step.StepOutcome;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes secrets out of what a step answers, since that goes into histories. */
final class MaskedResults {
  private final Masking masking;

  MaskedResults(Masking masking) {
    this.masking = masking;
  }

  StepOutcome of(StepOutcome outcome) {
    var outputs = new LinkedHashMap<String, String>();
    outcome.outputs().forEach((key, value) -> outputs.put(key, masking.mask(value)));
    return new StepOutcome(
        evidence(outcome.evidence()),
        outcome.artifacts(),
        outputs,
        masking.mask(outcome.summary()),
        outcome.log());
  }

  StepFailure of(StepFailure failure) {
    return new StepFailure(
        failure.type(),
        masking.mask(failure.happened()),
        masking.mask(failure.advice()),
        evidence(failure.evidence()),
        failure.lastLines().stream().map(masking::mask).toList(),
        failure.log(),
        failure.changes());
  }

  private List<Evidence> evidence(List<Evidence> found) {
    return found.stream()
        .<Evidence>map(
            evidence ->
                switch (evidence) {
                  case TestResult tests ->
                      new TestResult(
                          masking.mask(tests.source()),
                          tests.basis(),
                          tests.passed(),
                          tests.failed(),
                          tests.skipped(),
                          tests.failures().stream().map(masking::mask).toList());
                  case Coverage coverage ->
                      new Coverage(
                          masking.mask(coverage.source()),
                          coverage.coveredLines(),
                          coverage.lines());
                  case Findings findings -> masked(findings);
                  case Signature signature -> masked(signature);
                })
        .toList();
  }

  private Findings masked(Findings findings) {
    return new Findings(
        masking.mask(findings.source()),
        findings.scanner(),
        findings.database(),
        findings.counts(),
        findings.examined(),
        findings.milder(),
        findings.ignored(),
        findings.worst().stream()
            .map(
                finding ->
                    new Finding(
                        masking.mask(finding.id()),
                        finding.severity(),
                        masking.mask(finding.subject()),
                        masked(finding.installed()),
                        masked(finding.fixed()),
                        masking.mask(finding.location())))
            .toList());
  }

  private Signature masked(Signature signature) {
    var made = signature.provenance();
    return new Signature(
        masking.mask(signature.source()),
        signature.key(),
        signature.signatures(),
        made == null
            ? null
            : new Provenance(
                masking.mask(made.repository()),
                masking.mask(made.commit()),
                made.pipeline(),
                masking.mask(made.run()),
                masking.mask(made.builder())));
  }

  private @Nullable String masked(@Nullable String text) {
    return text == null ? null : masking.mask(text);
  }
}
