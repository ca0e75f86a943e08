package dev.slipway.activities.npm;

import static dev.slipway.activities.step.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.action.FailureType;
import dev.slipway.activities.home.Home;
import dev.slipway.activities.step.TestStep;
import dev.slipway.artifact.ArtifactRef;
import dev.slipway.evidence.Evidence;
import dev.slipway.evidence.TestResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With the machine's own Node.js and npm. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class NpmActionsTest {
  private static final String BUILD =
      """
      const fs = require('fs')
      fs.mkdirSync('dist')
      fs.writeFileSync('dist/mode', process.env.NODE_ENV + ' ' + process.env.CI)
      """;

  private static final String TEST =
      """
      const fs = require('fs')
      const failed = process.argv.includes('failing') ? '<failure/>' : ''
      fs.writeFileSync('junit.xml', `<testsuite><testcase name="adds">${failed}</testcase></testsuite>`)
      if (process.argv.includes('coverage')) {
        fs.mkdirSync('coverage')
        fs.writeFileSync('coverage/lcov.info', 'SF:a\\nDA:1,1\\nend_of_record\\n')
      }
      process.exit(process.argv.includes('loud') ? 1 : 0)
      """;

  /** Its cache is everybody's, so that npm installs once. */
  @TempDir private static Path shared;

  @TempDir private Path folder;

  @Test
  void aBuildIsKeptAndMadeForProduction() throws Exception {
    var step = project("{}").with("", "site");

    var outcome = build().perform(step);

    assertThat(outcome.evidence()).isEmpty();
    assertThat(outcome.artifacts()).extracting(ArtifactRef::name).containsExactly("site");
    assertThat(step.directory().resolve("dist/mode")).hasContent("production true");
  }

  @Test
  void nodeEnvIsTheStepsChoice() throws Exception {
    var step = project("{\"env\": \"staging\"}");

    build().perform(step);

    assertThat(step.directory().resolve("dist/mode")).hasContent("staging true");
  }

  @Test
  void aBuildThatFailsShowsItsEnd() throws Exception {
    var failure = failure(FailureType.BUILD_FAILED, build(), project("{\"script\": \"broken\"}"));

    assertThat(failure.happened()).isEqualTo("`npm run broken` ended with code 3");
    assertThat(failure.advice()).contains("cannot find header");
  }

  @Test
  void testsAreCountedAndTheirReportsKept() throws Exception {
    var outcome = test().perform(project("{\"script\": \"test:coverage\", \"coverage\": true}"));

    assertThat(outcome.evidence())
        .extracting(Evidence::source)
        .containsExactly("junit.xml", "coverage/lcov.info");
    assertThat(((TestResult) outcome.evidence().getFirst()).isPass()).isTrue();
    assertThat(outcome.artifacts()).extracting(ArtifactRef::name).containsExactly("unit-reports");
  }

  @Test
  void failedTestsAreNamed() throws Exception {
    var failure =
        failure(FailureType.TESTS_FAILED, test(), project("{\"script\": \"test:failing\"}"));

    assertThat(failure.happened())
        .isEqualTo("`npm run test:failing` ended with code 1: 1 of 1 tests failed: adds");
    assertThat(failure.evidence()).hasSize(1);
  }

  @Test
  void aReportOfFailedTestsOutweighsExitCodeZero() throws Exception {
    failure(FailureType.TESTS_FAILED, test(), project("{\"script\": \"test:quiet\"}"));
  }

  @Test
  void coverageThatIsAskedForMustBeThere() throws Exception {
    var failure = failure(FailureType.TESTS_FAILED, test(), project("{\"coverage\": true}"));

    assertThat(failure.happened()).isEqualTo("`npm run test` wrote no coverage report");
    assertThat(failure.advice()).contains("coverage/lcov.info");
  }

  @Test
  void aScriptThatIsNotThereGetsASuggestion() throws Exception {
    var failure = failure(FailureType.CONFIGURATION, build(), project("{\"script\": \"biuld\"}"));

    assertThat(failure.happened()).contains("no script `biuld`", "did you mean `build`?");
    assertThat(failure.advice()).contains("test:failing");
  }

  @Test
  void aFolderThatIsNoProjectSaysWhereOneIs() throws Exception {
    var step = TestStep.of(folder, "{}");
    NpmProjectFolder.write(step.with("web", null), "{}");

    var failure = failure(FailureType.CONFIGURATION, build(), step);

    assertThat(failure.advice()).contains("`directory`", "`web`");
  }

  @Test
  void aProjectWithoutALockFileSaysHowToMakeIt() throws Exception {
    var step = project("{}");
    Files.delete(step.directory().resolve("package-lock.json"));
    assertThat(failure(FailureType.CONFIGURATION, build(), step).advice()).contains("npm install");

    Files.createFile(step.directory().resolve("pnpm-lock.yaml"));
    assertThat(failure(FailureType.CONFIGURATION, build(), step).advice())
        .contains("command: [pnpm, run, build]");
  }

  @Test
  void aLockFileOfAnotherPackageJsonIsASetting() throws Exception {
    var step = project("{}");
    var manifest = step.directory().resolve("package.json");
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replace("\"scripts\"", "\"dependencies\": {\"left-pad\": \"1.3.0\"}, \"scripts\""));

    var failure = failure(FailureType.CONFIGURATION, build(), step);

    assertThat(failure.happened()).contains("npm ci", "EUSAGE");
    assertThat(shared.resolve("cache/npm")).isDirectoryNotContaining("glob:**unfinished**");
  }

  @Test
  void aRegistryThatIsNotReachedIsTriedAgain() throws Exception {
    var step = project("{}");
    var directory = step.directory();
    Files.writeString(
        directory.resolve(".npmrc"), "registry=http://127.0.0.1:9/\nfetch-retries=0\n");
    Files.writeString(
        directory.resolve("package.json"),
        """
        {"name": "shop", "version": "1.0.0", "dependencies": {"no-such-package-xyz": "1.0.0"},
         "scripts": {"build": "true"}}
        """);
    Files.writeString(
        directory.resolve("package-lock.json"),
        """
        {"name": "shop", "version": "1.0.0", "lockfileVersion": 3, "requires": true, "packages": {
          "": {"name": "shop", "version": "1.0.0", "dependencies": {"no-such-package-xyz": "1.0.0"}},
          "node_modules/no-such-package-xyz": {"version": "1.0.0"}}}
        """);

    var failure = failure(FailureType.TRANSIENT, build(), step);

    assertThat(failure.happened()).contains("ECONNREFUSED");
  }

  private NpmBuildAction build() {
    return new NpmBuildAction(home());
  }

  private NpmTestAction test() {
    return new NpmTestAction(home());
  }

  private Home home() {
    return Home.at(shared);
  }

  private TestStep project(String params) throws IOException {
    var step = TestStep.of(folder, params);
    NpmProjectFolder.file(step.directory().resolve("build.cjs"), BUILD);
    NpmProjectFolder.file(step.directory().resolve("test.cjs"), TEST);
    return NpmProjectFolder.write(
        step,
        """
        {"build": "node build.cjs", "broken": "echo cannot find header; exit 3",
         "test": "node test.cjs", "test:coverage": "node test.cjs coverage",
         "test:failing": "node test.cjs failing loud", "test:quiet": "node test.cjs failing"}
        """);
  }
}
