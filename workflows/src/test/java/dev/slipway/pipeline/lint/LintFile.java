package dev.slipway.pipeline.lint;

import dev.slipway.pipeline.file.TestFiles;
import java.util.List;

/** Files for the rules: a build, and what a test adds. */
final class LintFile {
  private static final String BUILD =
      """
      environments:
        staging: {database: embedded, run: {command: [node, server.js]}}
        production: {database: embedded, after: staging, run: {command: [node, server.js]}}
      stages:
      - name: build
        parallel: true
        steps:
        - {name: backend, action: npm_run_build, artifact: backend}
        - {name: frontend, action: npm_run_build, artifact: frontend}
      """;

  private LintFile() {}

  /** The problems of a file with this after the build, as {@code path: message}. */
  static List<String> problems(String stages) {
    return TestFiles.parse(BUILD + stages).problems().stream()
        .map(
            problem ->
                "%s%s: %s"
                    .formatted(
                        problem.isError() ? "" : "warning ", problem.path(), problem.message()))
        .toList();
  }

  /** The problems of a file that is this alone. */
  static List<String> problemsOfWhole(String file) {
    return TestFiles.parse(file).problems().stream()
        .map(
            problem ->
                "%s%s: %s"
                    .formatted(
                        problem.isError() ? "" : "warning ", problem.path(), problem.message()))
        .toList();
  }
}
