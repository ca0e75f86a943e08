package dev.slipway.activities.command;

import static dev.slipway.activities.step.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.action.FailureType;
import dev.slipway.activities.step.TestStep;
import dev.slipway.artifact.ArtifactRef;
import dev.slipway.evidence.TestResult;
import dev.slipway.evidence.TestResult.Basis;
import dev.slipway.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RunActionTest {
  private static final String REPORTS = ", 'reports': 'out.xml'";

  private final RunAction action = new RunAction();
  @TempDir private Path folder;

  @Test
  void theExitCodeIsTheOnlyEvidenceWithoutAReport() throws Exception {
    var outcome = action.perform(shell("echo done", ""));

    assertThat(outcome.evidence())
        .containsExactly(new TestResult("sh -c echo done", Basis.EXIT_CODE, 1, 0, 0, List.of()));
    assertThat(outcome.artifacts()).isEmpty();
  }

  @Test
  void aFailedCommandShowsItsEnd() {
    var failure =
        failure(FailureType.BUILD_FAILED, action, shell("echo no such header; exit 2", ""));

    assertThat(failure.happened()).endsWith("ended with code 2");
    assertThat(failure.advice()).contains("no such header");
    assertThat(((TestResult) failure.evidence().getFirst()).isPass()).isFalse();
  }

  @Test
  void failedTestsAreNamed() {
    var failure =
        failure(
            FailureType.TESTS_FAILED,
            action,
            shell(report("<testcase name='adds'><failure/></testcase>") + "; exit 1", REPORTS));

    assertThat(failure.happened()).endsWith("ended with code 1: 1 of 1 tests failed: adds");
    assertThat(failure.evidence()).hasSize(1);
  }

  @Test
  void aReportOfFailedTestsOutweighsExitCodeZero() {
    var failure =
        failure(
            FailureType.TESTS_FAILED,
            action,
            shell(report("<testcase name='adds'><error/></testcase>"), REPORTS));

    assertThat(failure.happened()).contains("ended with code 0, but 1 of 1 tests failed: adds");
  }

  @Test
  void zeroTestsAreNoPass() {
    failure(FailureType.TESTS_FAILED, action, shell(report(""), REPORTS));
    failure(
        FailureType.TESTS_FAILED,
        action,
        shell(report("<testcase name='a'><skipped/></testcase>"), REPORTS));
  }

  @Test
  void aNamedReportThatIsMissingIsNoPass() {
    var failure = failure(FailureType.TESTS_FAILED, action, shell("true", REPORTS));

    assertThat(failure.advice()).contains("out.xml");
  }

  @Test
  void anUnreadableReportIsNoPass() {
    failure(FailureType.TESTS_FAILED, action, shell("echo '<testsuite>' > out.xml", REPORTS));
  }

  @Test
  void aReportThatWasThereBeforeIsNoPass() throws Exception {
    var step = shell("true", REPORTS);
    Files.writeString(
        step.directory().resolve("out.xml"), "<testsuite><testcase name='a'/></testsuite>");

    failure(FailureType.TESTS_FAILED, action, step);
    assertThat(step.lines()).anyMatch(line -> line.contains("does not count"));
  }

  @Test
  void halfAReportOfAFailedCommandDoesNotHideItsFailure() {
    var failure =
        failure(
            FailureType.BUILD_FAILED,
            action,
            shell("echo '<testsuite>' > out.xml; exit 7", REPORTS));

    assertThat(failure.happened()).endsWith("ended with code 7");
  }

  @Test
  void reportsAreKept() throws Exception {
    var step = shell(report("<testcase name='a'/>"), REPORTS);

    var outcome = action.perform(step);

    assertThat(outcome.artifacts()).extracting(ArtifactRef::name).containsExactly("unit-reports");
    step.unpack(outcome.artifacts().getFirst(), folder.resolve("kept"));
    assertThat(folder.resolve("kept/out.xml")).exists();
    assertThat(folder.resolve("temp")).isEmptyDirectory();
  }

  @Test
  void theArtifactIsMadeOfTheOutput() throws Exception {
    var step = shell("mkdir dist; echo hello > dist/index.html", "").with("", "site");

    var outcome = action.perform(step);

    assertThat(outcome.artifacts()).extracting(ArtifactRef::name).containsExactly("site");
    step.unpack(outcome.artifacts().getFirst(), folder.resolve("kept"));
    assertThat(folder.resolve("kept/index.html")).hasContent("hello\n");
  }

  @Test
  void aMissingOutputSaysWhichFolderWasExpected() {
    var step = shell("mkdir build; touch build/a", "").with("", "site");

    var failure = failure(FailureType.BUILD_FAILED, action, step);

    assertThat(failure.happened()).contains("`dist`");
    assertThat(failure.advice()).contains("params.output", "`build`");
  }

  @Test
  void anEmptyOutputIsMissing() {
    failure(FailureType.BUILD_FAILED, action, shell("mkdir dist", "").with("", "site"));
  }

  @Test
  void anOutputOutsideOfTheDirectoryIsNotKept() throws Exception {
    Files.writeString(folder.resolve("secret"), "secret");
    var outside = shell("true", ", 'output': '../../secret'").with("", "site");
    failure(FailureType.CONFIGURATION, action, outside);

    var linked = shell("ln -s ../secret dist", "").with("", "site");
    failure(FailureType.CONFIGURATION, action, linked);
  }

  @Test
  void anEmptyCommandIsASetting() {
    failure(FailureType.CONFIGURATION, action, TestStep.of(folder, "{\"command\": []}"));
  }

  /** Writes a report as the script's only work. */
  private static String report(String cases) {
    return "echo \"<testsuite>%s</testsuite>\" > out.xml".formatted(cases);
  }

  private TestStep shell(String script, String more) {
    var arguments = Json.text(List.of("sh", "-c", script));
    return TestStep.of(folder, "{\"command\": " + arguments + more.replace('\'', '"') + "}");
  }
}
