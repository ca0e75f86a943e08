package dev.slipway.pipeline.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Every problem at once, each with its place and, where there is one, a suggestion. */
class ProblemsOfFilesTest {
  private static List<String> problems(String text) {
    return TestFiles.problems(text);
  }

  /** The problems of one step, which stands in line 4. */
  private static List<String> ofStep(String step) {
    return problems("stages:\n- name: test\n  steps:\n  - " + step + "\n");
  }

  @Test
  void allProblemsAreToldAtOnceByPlace() {
    assertThat(
            problems(
                """
                aplication: shop
                registry: r.example.com
                stages:
                - name: test
                  onFailure: skp
                  steps:
                  - name: unit
                    action: npm_run_biuld
                    timeot: 10s
                  - name: unit
                    action: npm_run_test
                    params: {skript: test, coverage: 80}
                    timeout: fast
                """))
        .containsExactly(
            "1:1 aplication: unknown field `aplication` | did you mean `application`?",
            "5:14 stages[0].onFailure: `onFailure` must be `stop`, `retry` or `skip`, not `skp` |"
                + " did you mean `skip`?",
            "8:13 stages[0].steps[0].action: unknown action `npm_run_biuld` | did you mean"
                + " `npm_run_build`?",
            "9:5 stages[0].steps[0].timeot: unknown field `timeot` | did you mean `timeout`?",
            "10:11 stages[0].steps[1].name: a second step of this stage is named `unit` | the first"
                + " one is in line 7; rename one",
            "12:14 stages[0].steps[1].params.skript: `npm_run_test` has no parameter `skript` | did"
                + " you mean `script`?",
            "12:38 stages[0].steps[1].params.coverage: `coverage` must be true or false, not `80`",
            "13:14 stages[0].steps[1].timeout: `timeout` must be a time such as 90s, 30m, 2h or a"
                + " number of milliseconds, not `fast`");
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThat(problems("slipway: 2\n"))
        .containsExactly(
            "1:1 : `stages` is missing | list the stages: build, test, staging, production",
            "1:10 slipway: this version knows the format 1 alone | write `slipway: 1`");
    assertThat(problems("stages: [{}]\n"))
        .containsExactly(
            "1:10 stages[0]: `name` is missing | give the stage a name",
            "1:10 stages[0]: `steps` is missing | list what the stage does");
    assertThat(problems("stages: []\n")).containsExactly("1:9 stages: `stages` is an empty list");
    assertThat(ofStep("{action: run}"))
        .containsExactly(
            "4:5 stages[0].steps[0]: `name` is missing | give the step a name",
            "4:5 stages[0].steps[0]: `run` needs the parameter `command` | command: The program and"
                + " its arguments; never a shell's command line.");
  }

  @Test
  void aCommandIsAListOfArguments() {
    assertThat(ofStep("{name: a, action: run, params: {command: npm test}}"))
        .containsExactly(
            "4:46 stages[0].steps[0].params.command: `command` must be a list of texts, not one"
                + " text | no shell splits it; write [npm, test]");
  }

  @Test
  void timesAreWithinADay() {
    assertThat(ofStep("{name: a, action: npm_run_build, timeout: 0}"))
        .containsExactly(
            "4:47 stages[0].steps[0].timeout: `timeout` must be a time from 1ms to 1d, not `0`");
    assertThat(ofStep("{name: a, action: npm_run_build, timeout: 25h}")).hasSize(1);
    assertThat(ofStep("{name: a, action: npm_run_build, timeout: -5}")).hasSize(1);
    assertThat(ofStep("{name: a, action: npm_run_build, timeout: 99999999999999999999}"))
        .hasSize(1);
  }

  @Test
  void pathsStayInside() {
    for (var path : List.of("../x", "/etc", "a/../../b", "~/x", "'C:\\x'", "''")) {
      assertThat(ofStep("{name: a, action: npm_run_build, directory: " + path + "}"))
          .singleElement()
          .asString()
          .contains("`directory` must be a relative path inside the repository");
    }
    assertThat(ofStep("{name: a, action: npm_run_test, params: {reports: [a/*.xml, ../*.xml]}}"))
        .singleElement()
        .asString()
        .contains("stages[0].steps[0].params.reports[1]");
  }

  @Test
  void whatIsNotSupportedYetIsSaid() {
    assertThat(
            problems(
                """
                environments:
                  staging:
                    metrics: m
                stages:
                - name: build
                  steps: [{name: a, action: npm_run_build, inputs: [src], onFailure: skip}]
                """))
        .containsExactly(
            "3:5 environments.staging.metrics: `metrics` is not supported yet | remove it",
            "6:44 stages[0].steps[0].inputs: `inputs` is not supported yet | remove it",
            "6:59 stages[0].steps[0].onFailure: `onFailure` is not supported yet | remove it");
  }

  @Test
  void needsAreKnownAndHaveNoCycle() {
    assertThat(
            problems(
                """
                stages:
                - {name: a, needs: bild, steps: [{name: x, action: npm_run_build, needs: y}]}
                - {name: build, steps: [{name: x, action: npm_run_build}]}
                """))
        .containsExactly(
            "2:20 stages[0].needs: unknown stage `bild` | did you mean `build`?",
            "2:74 stages[0].steps[0].needs: unknown step `y`");
    assertThat(
            problems(
                """
                stages:
                - {name: a, needs: b, steps: [{name: x, action: npm_run_build}]}
                - {name: b, steps: [{name: x, action: npm_run_build, needs: x}]}
                """))
        .containsExactly(
            "2:3 stages[0]: the stages need each other: `a` needs `b` needs `a` | remove one of"
                + " these `needs`, or give the first one `needs: []`",
            "3:21 stages[1].steps[0]: the steps need each other: `x` needs `x` | remove one of"
                + " these `needs`, or give the first one `needs: []`");
  }

  @Test
  void environmentsAreKnownAndHaveNoCycle() {
    assertThat(
            problems(
                """
                environments:
                  staging: {after: prodution}
                  production: {after: staging}
                  Test 1:
                stages:
                - {name: a, environment: stagin, steps: [{name: d, action: health_check}]}
                - {name: b, steps: [{name: d, action: health_check}]}
                """))
        .containsExactly(
            "2:20 environments.staging.after: unknown environment `prodution` | did you mean"
                + " `production`?",
            "4:3 environments.Test 1: `Test 1` can't be a name here | write `test-1`: lower-case"
                + " letters, digits and `-`",
            "6:26 stages[0].environment: unknown environment `stagin` | did you mean `staging`?",
            "7:39 stages[1].steps[0].action: `health_check` works on an environment, and stage `b`"
                + " has none | add `environment: NAME` to the stage");
  }

  @Test
  void namesCanBeNames() {
    assertThat(
            problems(
                """
                application: My Shop
                stages:
                - {name: "a b", steps: [{name: .., action: npm_run_build, artifact: a/b}]}
                - {name: c, steps: [{name: x, action: npm_run_build}]}
                - {name: c, steps: [{name: x, action: http_check, artifact: x, params: {url: u}}]}
                """))
        .containsExactly(
            "1:14 application: `My Shop` can't be a name here | write `my-shop`: lower-case"
                + " letters, digits and `-`",
            "3:10 stages[0].name: `a b` can't be a name here | use letters, digits, `.`, `_` and"
                + " `-`, 64 at most, and not dots alone",
            "3:32 stages[0].steps[0].name: `..` can't be a name here | use letters, digits, `.`,"
                + " `_` and `-`, 64 at most, and not dots alone",
            "3:69 stages[0].steps[0].artifact: `a/b` can't be a name here | use letters, digits,"
                + " `.`, `_` and `-`, 64 at most, and not dots alone",
            "5:10 stages[2].name: a second stage is named `c` | the first one is in line 4; rename"
                + " one",
            "5:61 stages[2].steps[0].artifact: `http_check` makes nothing that can be kept | remove"
                + " `artifact`",
            "5:78 stages[2].steps[0].params.url: `url` must be an http or https URL, not `u`");
  }

  @Test
  void aCheckCanBeTrueAndFalse() {
    assertThat(
            problems(
                """
                stages:
                - name: test
                  steps: [{name: unit, action: npm_run_test}]
                  gate:
                    checks:
                    - {type: coverage, condition: gte, threshold: 101}
                    - {type: coverage, condition: lte, threshold: 80}
                    - {type: coverage, condition: gte, threshold: .nan}
                    - {type: test_result, condition: eq, threshold: fail}
                    - {type: security_scan, condition: gte, threshold: 3}
                    - {type: signature, condition: gte, threshold: 1}
                    - {type: performance_baseline, condition: lte, threshold: 3}
                    - {type: coverag}
                """))
        .containsExactly(
            "6:51 stages[0].gate.checks[0].threshold: `threshold` must be a number of percent, from"
                + " 0 to 100, not `101`",
            "7:7 stages[0].gate.checks[1]: a `coverage` check with `lte` would fail better tests |"
                + " write `condition: gte`",
            "8:51 stages[0].gate.checks[2].threshold: `threshold` must be a finite number, not"
                + " `.nan`",
            "9:7 stages[0].gate.checks[3]: a `test_result` check can only ask for `eq pass` | write"
                + " {type: test_result, condition: eq, threshold: pass}",
            "10:7 stages[0].gate.checks[4]: a `security_scan` check can only ask for `eq clean` |"
                + " write {type: security_scan, condition: eq, threshold: clean}",
            "11:7 stages[0].gate.checks[5]: a `signature` check can only ask for `eq valid` | write"
                + " {type: signature, condition: eq, threshold: valid}",
            "12:7 stages[0].gate.checks[6]: `performance_baseline` is not supported yet | remove"
                + " the check",
            "13:7 stages[0].gate.checks[7]: `condition` is missing | gte, lte or eq",
            "13:7 stages[0].gate.checks[7]: `threshold` is missing | a number, or a word such as"
                + " pass",
            "13:14 stages[0].gate.checks[7].type: `type` must be `test_result`, `coverage`,"
                + " `security_scan`, `signature` or `performance_baseline`, not `coverag` | did you mean"
                + " `coverage`?");
  }

  @Test
  void referencesExistAndAreCompleteBefore() {
    assertThat(
            problems(
                """
                stages:
                - name: build
                  parallel: true
                  steps:
                  - {name: app, action: npm_run_build, artifact: app}
                  - name: use
                    action: run
                    params:
                      command:
                      - "${artifact:app}"
                      - "${artifact:apq}"
                      - "${output:app.url}"
                      - "${output:apq.url}"
                      - "${COMIT_SHA}"
                      - "${environment.url}"
                      - "${image:later}"
                      - "$${COMIT_SHA}"
                - name: next
                  steps:
                  - name: later
                    action: run
                    params: {command: ["${artifact:app}", "${output:use.x}", "${image:app}"]}
                """))
        .containsExactly(
            "10:9 stages[0].steps[1].params.command[0]: artifact `app` is kept by step `build/app`,"
                + " which is not complete before this one | let this step or its stage need that"
                + " one",
            "11:9 stages[0].steps[1].params.command[1]: no step keeps an artifact `apq` | did you"
                + " mean `app`?",
            "12:9 stages[0].steps[1].params.command[2]: `${output:app.url}`: step `app` is not"
                + " complete before this one | let this step or its stage need that one",
            "13:9 stages[0].steps[1].params.command[3]: `${output:apq.url}`: unknown step `apq` | did"
                + " you mean `app`?",
            "14:9 stages[0].steps[1].params.command[4]: unknown reference `${COMIT_SHA}` | did you"
                + " mean `${COMMIT_SHA}`?",
            "15:9 stages[0].steps[1].params.command[5]: `${environment.url}`: stage `build` has no"
                + " environment | add `environment: NAME` to the stage",
            "16:9 stages[0].steps[1].params.command[6]: `${image:later}`: step `later` is not"
                + " complete before this one | let this step or its stage need that one",
            "22:62 stages[1].steps[0].params.command[2]: step `app` builds no image");
  }

  @Test
  void anArtifactIsKeptOnceAndBefore() {
    assertThat(
            problems(
                """
                environments: {staging: {run: {command: [node, s.js]}}}
                stages:
                - name: build
                  steps:
                  - {name: a, action: npm_run_build, artifact: app}
                  - {name: b, action: npm_run_build, artifact: app}
                - name: staging
                  environment: staging
                  steps: [{name: deploy, action: deploy, params: {artifact: apq}}]
                """))
        .containsExactly(
            "6:48 stages[0].steps[1].artifact: a second artifact is named `app` | the first one is"
                + " in line 5; rename one",
            "9:61 stages[1].steps[0].params.artifact: no step keeps an artifact `apq` | did you mean"
                + " `app`?");
  }

  @Test
  void anEnvironmentKnowsNothingOfARun() {
    assertThat(
            problems(
                """
                environments:
                  staging:
                    database: mysql
                    url: ftp://x
                    run:
                      command: [node]
                      health: health
                      env: {A: "${COMMIT_SHA}", B: "${secret:B}", C-D: x}
                notifications: [{webhook: "https://example.com/${RUN_NUMBER}"}, {hook: x}]
                stages: [{name: build, steps: [{name: a, action: npm_run_build}]}]
                """))
        .containsExactly(
            "3:15 environments.staging.database: `database` must be `embedded` or a"
                + " jdbc:postgresql: URL",
            "4:10 environments.staging.url: `url` must be an http or https URL, not `ftp://x`",
            "7:15 environments.staging.run.health: `health` must be a path that begins with `/`, not"
                + " `health`",
            "8:16 environments.staging.run.env.A: `${COMMIT_SHA}` is not known in an environment's"
                + " configuration | an environment outlives a run; it can refer to secrets and to"
                + " itself",
            "8:56 environments.staging.run.env.C-D: `C-D` can't be the name of a variable | use"
                + " letters, digits and `_`, and no digit first",
            "9:27 notifications[0].webhook: `${RUN_NUMBER}` is not known in a webhook's URL | it"
                + " can refer to secrets alone",
            "9:65 notifications[1]: `webhook` is missing | the URL that is told about a run",
            "9:66 notifications[1].hook: unknown field `hook` | known here: `webhook`");
  }

  @Test
  void retriesSayWhatTheyNeed() {
    assertThat(
            problems(
                """
                stages:
                - name: build
                  retryConfig: {maxAttempts: 2}
                  steps: [{name: a, action: npm_run_build, retry: {maxAttempts: 0, backoff: .5}}]
                """))
        .containsExactly(
            "warning 3:16 stages[0].retryConfig: `retryConfig` has no effect without `onFailure:"
                + " retry` | remove it, or write `onFailure: retry`",
            "4:65 stages[0].steps[0].retry.maxAttempts: `maxAttempts` must be a whole number from 1"
                + " to 100, not `0`",
            "4:77 stages[0].steps[0].retry.backoff: `backoff` must be a number from 1 to 10, not"
                + " `.5`");
  }

  @Test
  void aSmallTimeWithoutAUnitIsDoubted() {
    assertThat(ofStep("{name: a, action: health_check, params: {window: 10}}"))
        .contains(
            "warning 4:54 stages[0].steps[0].params.window: `window` is 10 milliseconds | write"
                + " `10s` for seconds, or `10ms` to say that it is meant");
    assertThat(ofStep("{name: a, action: health_check, params: {window: 10ms}}"))
        .noneMatch(problem -> problem.contains("milliseconds"));
    assertThat(ofStep("{name: a, action: http_check, params: {url: 'http://a', intervalMs: 10}}"))
        .noneMatch(problem -> problem.contains("milliseconds"));
  }
}
