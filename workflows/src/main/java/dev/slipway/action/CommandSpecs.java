package dev.slipway.action;

import static dev.slipway.action.ParamSpec.optional;
import static dev.slipway.action.ParamSpec.required;
import static dev.slipway.evidence.EvidenceKind.COVERAGE;
import static dev.slipway.evidence.EvidenceKind.TEST_RESULT;

import dev.slipway.action.ActionSpec.Effect;
import java.time.Duration;
import java.util.List;

/** Actions that run a command or make a request. */
public final class CommandSpecs {
  static final ParamSpec COVERAGE_DEMAND =
      optional(
          "coverage",
          ParamType.FLAG,
          "false",
          "Whether a coverage report must be there after the tests.");

  public static final ActionSpec RUN =
      new ActionSpec(
          "run",
          "Runs any command in the step's directory. Its exit code 0 is success.",
          List.of(
              required(
                  "command",
                  ParamType.TEXT_LIST,
                  "The program and its arguments; never a shell's command line."),
              optional(
                  "reports",
                  ParamType.GLOBS,
                  null,
                  "Test reports (JUnit XML) and coverage reports that the command writes."),
              optional("output", ParamType.PATH, "dist", "What the step's artifact is made of.")),
          Duration.ofMinutes(10),
          List.of(TEST_RESULT, COVERAGE),
          Effect.NONE);

  public static final ActionSpec NPM_RUN_BUILD =
      new ActionSpec(
          "npm_run_build",
          "Installs the dependencies that the lock file names and runs a build script.",
          List.of(
              optional("script", ParamType.TEXT, "build", "The script in package.json."),
              optional("env", ParamType.TEXT, "production", "NODE_ENV while the script runs."),
              optional("output", ParamType.PATH, "dist", "What the step's artifact is made of.")),
          Duration.ofMinutes(10),
          List.of(),
          Effect.NONE);

  public static final ActionSpec NPM_RUN_TEST =
      new ActionSpec(
          "npm_run_test",
          "Installs the dependencies that the lock file names, runs a test script and reads its"
              + " reports.",
          List.of(
              optional("script", ParamType.TEXT, "test", "The script in package.json."),
              COVERAGE_DEMAND,
              optional(
                  "reports",
                  ParamType.GLOBS,
                  "the usual names",
                  "Where the test and coverage reports are. The usual names are TEST-*.xml,"
                      + " and junit.xml and those in coverage/ beside any package.json.")),
          Duration.ofMinutes(10),
          List.of(TEST_RESULT, COVERAGE),
          Effect.NONE);

  public static final ActionSpec HTTP_CHECK =
      new ActionSpec(
          "http_check",
          "Requests a URL until it answers as expected. A redirect is an answer, not followed.",
          List.of(
              required("url", ParamType.URL, "What is requested with GET."),
              optional("expectedStatus", ParamType.COUNT, "200", "The status that passes."),
              optional("contains", ParamType.TEXT, null, "A text the answer's body must contain."),
              optional("headers", ParamType.TEXT_MAP, null, "Headers of the request."),
              optional("retries", ParamType.COUNT, "0", "Further requests after a wrong answer."),
              optional("intervalMs", ParamType.DURATION, "1s", "The wait between requests.")),
          Duration.ofMinutes(1),
          List.of(TEST_RESULT),
          Effect.NONE);

  private CommandSpecs() {}
}
