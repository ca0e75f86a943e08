package dev.slipway.pipeline.lint;

import java.util.List;

/** Every rule, applied to a pipeline that could be read, even where parts of it are wrong. */
public final class DeliveryLint {
  private static final List<Rule> RULES =
      List.of(
          new MigrationAfterRollout(),
          new UnrehearsedMigration(),
          new FrontendBeforeBackend(),
          new NotDeployedBefore(),
          new DeployedUnverified(),
          new EnvironmentLacksPart(),
          new ActionOfAnotherTarget(),
          new EnvironmentWithoutChange(),
          new RolloutThatCannotMove(),
          new CandidateNobodyPromotes(),
          new CandidateBesideManifests(),
          new ProductionWithoutApproval(),
          new ApprovalNobodyCanGive(),
          new ExpiryWithNothingToRollBack(),
          new KeepsFailureInProduction(),
          new SkippedEnvironment(),
          new NeedsSkippable(),
          new CheckWithoutEvidence(),
          new ExitCodeIsTheOnlyEvidence(),
          new GateThatCannotFail(),
          new OutputNobodyKeeps(),
          new LatestTag(),
          new ImageNobodyPushes(),
          new SecretInCommand(),
          new SecretInImage(),
          new SigningKeyInClear(),
          new SignsForeignImage(),
          new SecretInClear());

  private DeliveryLint() {}

  /** Reports all that the rules find. */
  public static void check(LintedPipeline linted, Findings findings) {
    RULES.forEach(rule -> rule.check(linted, findings));
  }
}
