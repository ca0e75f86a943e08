package dev.slipway.pipeline.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What changes an environment, and in which order. */
class ReleaseRulesTest {
  private static final String STAGING =
      """
      - name: staging
        environment: staging
        steps:
        - {name: migrate, action: db_migrate}
        - {name: deploy, action: deploy, params: {artifact: backend}}
        - {name: publish, action: frontend_publish, params: {artifact: frontend}}
      """;

  private static String production(String... steps) {
    return STAGING
        + "- name: production\n  environment: production\n  steps:\n"
        + String.join("", Stream.of(steps).map(step -> "  - " + step + "\n").toList());
  }

  @Test
  void aCarefulReleaseHasNoProblems() {
    assertThat(
            LintFile.problems(
                production(
                    "{name: migrate, action: db_migrate}",
                    "{name: rollout, action: rollout, params: {artifact: backend}}",
                    "{name: publish, action: frontend_publish, params: {artifact: frontend}}",
                    "{name: health, action: health_check}")))
        .isEmpty();
  }

  @Test
  void aMigrationAfterTheRolloutIsAnError() {
    assertThat(
            LintFile.problems(
                production(
                    "{name: rollout, action: rollout, params: {artifact: backend}}",
                    "{name: migrate, action: db_migrate}")))
        .containsExactly(
            "stages[2].steps[1].action: step `migrate` migrates the schema after step `rollout`"
                + " changes what runs on it");
  }

  @Test
  void aMigrationBesideTheRolloutIsAnError() {
    assertThat(
            LintFile.problems(
                """
                - name: staging
                  environment: staging
                  parallel: true
                  steps:
                  - {name: migrate, action: db_migrate}
                  - {name: deploy, action: deploy, params: {artifact: backend}}
                """))
        .containsExactly(
            "stages[1].steps[0].action: step `migrate` migrates the schema while step `deploy`"
                + " changes what runs on it");
  }

  @Test
  void aMigrationInALaterStageOfTheEnvironmentIsAnError() {
    assertThat(
            LintFile.problems(
                STAGING
                    + """
                    - name: more
                      environment: staging
                      steps: [{name: again, action: db_migrate}]
                    """))
        .containsExactly(
            "stages[2].steps[0].action: step `again` migrates the schema after step `deploy`"
                + " changes what runs on it");
  }

  @Test
  void productionIsNotTheFirstToMigrate() {
    assertThat(
            LintFile.problems(
                """
                - name: staging
                  environment: staging
                  steps:
                  - {name: deploy, action: deploy, params: {artifact: backend}}
                - name: production
                  environment: production
                  steps:
                  - {name: migrate, action: db_migrate}
                  - {name: rollout, action: rollout, params: {artifact: backend}}
                """))
        .containsExactly(
            "stages[2].steps[0].action: step `migrate` migrates production, and no earlier"
                + " environment has had the migrations");
  }

  @Test
  void theFrontendFollowsTheBackend() {
    assertThat(
            LintFile.problems(
                production(
                    "{name: publish, action: frontend_publish, params: {artifact: frontend}}",
                    "{name: rollout, action: rollout, params: {artifact: backend}}")))
        .containsExactly(
            "stages[2].steps[0].action: step `publish` publishes the frontend before step"
                + " `rollout` has changed the backend");
  }

  @Test
  void aFrontendWithoutABackendIsFine() {
    assertThat(
            LintFile.problems(
                """
                - name: staging
                  environment: staging
                  steps:
                  - {name: publish, action: frontend_publish, params: {artifact: frontend}}
                """))
        .isEmpty();
  }

  @Test
  void productionTakesOnlyWhatRanInStaging() {
    assertThat(
            LintFile.problems(
                """
                - name: production
                  environment: production
                  gate: {approval: {onExpire: keep}}
                  steps:
                  - {name: rollout, action: rollout, params: {artifact: backend}}
                """))
        .containsExactly(
            "stages[1].steps[0].params.artifact: no earlier stage brings `backend` to `staging`,"
                + " which `production` comes after");
  }

  @Test
  void anotherArtifactIsNotTheOneThatRanInStaging() {
    assertThat(
            LintFile.problems(
                production("{name: rollout, action: rollout, params: {artifact: frontend}}")))
        .singleElement()
        .asString()
        .contains("no earlier stage brings `frontend` to `staging`");
  }

  @Test
  void anEnvironmentHasWhatItsStepsWorkOn() {
    assertThat(
            LintFile.problemsOfWhole(
                """
                environments: {staging: }
                stages:
                - name: build
                  steps: [{name: build, action: npm_run_build, artifact: app}]
                - name: staging
                  environment: staging
                  steps:
                  - {name: migrate, action: db_migrate}
                  - {name: deploy, action: deploy, params: {artifact: app}}
                  - {name: health, action: health_check}
                """))
        .containsExactly(
            "stages[1].steps[0].action: environment `staging` has no database",
            "stages[1].steps[1].action: environment `staging` does not say how the application is"
                + " run",
            "stages[1].steps[2].action: environment `staging` does not say how the application is"
                + " run");
  }

  @Test
  void aRolloutMustBeAbleToMove() {
    assertThat(
            LintFile.problems(
                """
                - name: staging
                  environment: staging
                  steps:
                  - name: rollout
                    action: rollout
                    params: {artifact: backend, maxSurge: 0, maxUnavailable: 0, replicas: 0}
                """))
        .containsExactly(
            "stages[1].steps[0].params.maxSurge: with `maxSurge: 0` and `maxUnavailable: 0` step"
                + " `rollout` can replace nothing",
            "stages[1].steps[0].params.replicas: with `replicas: 0` nothing runs after step"
                + " `rollout`");
  }

  @Test
  void aStageWithAnEnvironmentChangesOrWatchesIt() {
    assertThat(
            LintFile.problems(
                """
                - name: staging
                  environment: staging
                  steps: [{name: build, action: npm_run_build}]
                """))
        .containsExactly(
            "warning stages[1].environment: no step of stage `staging` changes or watches its"
                + " environment");
  }

  @Test
  void halfADeploymentIsNotSkipped() {
    assertThat(LintFile.problems(STAGING + "  onFailure: skip\n"))
        .containsExactly(
            "stages[1].onFailure: a stage that changes an environment can't be skipped when it"
                + " fails");
  }

  @Test
  void anEnvironmentDoesNotFollowASkippedStage() {
    assertThat(
            LintFile.problems(
                """
                - name: lint
                  onFailure: skip
                  steps: [{name: lint, action: run, params: {command: [npm, run, lint]}}]
                """
                    + STAGING))
        .containsExactly(
            "warning stages[2].environment: stage `staging` never runs when `lint` was skipped");
  }

  @Test
  void aFailedReleaseIsNotKeptInProduction() {
    assertThat(
            LintFile.problemsOfWhole(
                """
                environments: {production: {keepOnFailure: true}}
                stages:
                - {name: build, steps: [{name: build, action: npm_run_build}]}
                """))
        .containsExactly(
            "environments.production.keepOnFailure: a failed release can't be kept in production");
  }

  @Test
  void whatAStepMakesIsKeptOrNotNamed() {
    assertThat(
            LintFile.problems(
                """
                - name: more
                  steps: [{name: docs, action: npm_run_build, params: {output: site}}]
                """))
        .containsExactly(
            "warning stages[1].steps[0].params.output: step `docs` names its output and does not"
                + " keep it");
  }

  @Test
  void latestIsNoImage() {
    assertThat(
            LintFile.problems(
                """
                - name: image
                  steps:
                  - {name: push, action: push, queue: q, params: {tags: [v1, latest]}}
                  - {name: start, action: start, queue: q, params: {image: "shop:latest"}}
                """))
        .containsExactly(
            "warning stages[1].steps[0].params.tags[1]: the tag `latest` moves: it never says what"
                + " runs",
            "stages[1].steps[1].params.image: an image deployed as `latest` is another one"
                + " tomorrow");
  }
}
