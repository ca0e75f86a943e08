package dev.slipway.activities.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.action.FailureType;
import dev.slipway.evidence.Evidence;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReportsTest {
  private static final String PASSED = "<testsuite><testcase name='a'/></testsuite>";
  private static final String LCOV = "SF:a\nDA:1,1\nend_of_record\n";
  private static final String SUMMARY = "{\"total\":{\"lines\":{\"total\":2,\"covered\":1}}}";
  private static final String COBERTURA =
      "<coverage line-rate='0' lines-valid='3' lines-covered='0'/>";

  @TempDir private Path outer;
  private final List<String> log = new ArrayList<>();

  @Test
  void theUsualNamesAreThoseOfEveryProjectButNotOfDependencies() throws Exception {
    var _ = directory();
    write("api/package.json", "{}");
    write("apps/[web]/package.json", "{}");
    write("node_modules/x/package.json", "{}");
    var reports = Reports.before(directory(), Reports.usualNames(directory()));
    write("junit.xml", PASSED);
    write("TEST-root.xml", PASSED);
    write("a/b/TEST-deep.xml", PASSED);
    write("node_modules/x/TEST-theirs.xml", "not even XML");
    write("node_modules/x/junit.xml", "not even XML");
    write("api/junit.xml", PASSED);
    write("api/coverage/lcov.info", LCOV);
    write("apps/[web]/coverage/coverage-summary.json", SUMMARY);
    write("api/test/fixtures/junit.xml", "of no project");
    write("api/lcov.info", "not a usual place");

    assertThat(sources(reports))
        .containsExactly(
            ". (2 reports)",
            "a/b/TEST-deep.xml",
            "api/junit.xml",
            "api/coverage/lcov.info",
            "apps/[web]/coverage/coverage-summary.json");
  }

  @Test
  void aReportThatIsCommittedToTheRepositoryDoesNotCount() throws Exception {
    write("junit.xml", PASSED);
    var reports = Reports.before(directory(), Reports.usualNames(directory()));

    assertThat(sources(reports)).isEmpty();
    assertThat(log).singleElement().asString().contains("junit.xml", "does not count");
  }

  @Test
  void aReportThatIsWrittenAgainCountsEvenWhenItSaysTheSame() throws Exception {
    var file = write("junit.xml", PASSED);
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    var reports = Reports.before(directory(), Reports.usualNames(directory()));
    write("junit.xml", PASSED);

    assertThat(sources(reports)).containsExactly("junit.xml");
  }

  @Test
  void aReportWithAnOldTimeAndAnotherContentCounts() throws Exception {
    var file = write("junit.xml", PASSED);
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    var reports = Reports.before(directory(), Reports.usualNames(directory()));
    write("junit.xml", PASSED.replace("'a'", "'b'"));
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));

    assertThat(sources(reports)).containsExactly("junit.xml");
  }

  @Test
  void coverageOfOneFolderCountsOnceAndLcovFirst() throws Exception {
    var reports = Reports.before(directory(), Reports.usualNames(directory()));
    write("coverage/cobertura-coverage.xml", COBERTURA);
    write("coverage/coverage-summary.json", SUMMARY);
    assertThat(sources(reports)).containsExactly("coverage/coverage-summary.json");

    write("coverage/lcov.info", LCOV);
    assertThat(sources(reports)).containsExactly("coverage/lcov.info");
    assertThat(log).anyMatch(line -> line.contains("cobertura-coverage.xml` is not counted"));
  }

  @Test
  void twoReportsOfOneFormatBothCount() throws Exception {
    var reports = Reports.before(directory(), List.of("coverage/*.info"));
    write("coverage/unit.info", LCOV);
    write("coverage/integration.info", LCOV);

    assertThat(sources(reports)).containsExactly("coverage/integration.info", "coverage/unit.info");
  }

  @Test
  void aClassWhoseTestsAreAllSkippedStandsBesideOthers() throws Exception {
    var reports = Reports.before(directory(), Reports.usualNames(directory()));
    write("target/TEST-a.xml", PASSED);
    write("target/TEST-b.xml", "<testsuite><testcase name='b'><skipped/></testcase></testsuite>");

    var result = reports.after(log::add).tests().getFirst();
    assertThat(result.isPass()).isTrue();
    assertThat(result.skipped()).isEqualTo(1);
  }

  @Test
  void reportsOfManyModulesAreOneResult() throws Exception {
    var reports = Reports.before(directory(), Reports.usualNames(directory()));
    for (var i = 0; i < 20; i++) {
      write("module%d/TEST-a.xml".formatted(i), PASSED);
    }

    var result = reports.after(log::add).tests();
    assertThat(result).singleElement().satisfies(all -> assertThat(all.passed()).isEqualTo(20));
  }

  @Test
  void oneUnreadableReportSpoilsAll() throws Exception {
    var reports = Reports.before(directory(), Reports.usualNames(directory()));
    write("junit.xml", PASSED);
    write("coverage/lcov.info", LCOV);
    write("coverage/coverage-summary.json", "{");

    assertThatThrownBy(() -> reports.after(log::add))
        .isInstanceOf(UnreadableReportException.class)
        .hasMessageContaining("coverage/coverage-summary.json");
  }

  @Test
  void aLinkOutOfTheDirectoryIsRefused() throws Exception {
    var reports = Reports.before(directory(), Reports.usualNames(directory()));
    var secret = Sample.write(outer.resolve("secret.xml"), PASSED);
    Files.createSymbolicLink(directory().resolve("junit.xml"), secret);

    assertThatThrownBy(() -> reports.after(log::add))
        .isInstanceOf(UnreadableReportException.class)
        .hasMessageContaining("link");
  }

  @Test
  void aLinkInsideTheDirectoryIsFollowed() throws Exception {
    var reports = Reports.before(directory(), Reports.usualNames(directory()));
    write("out/results.xml", PASSED);
    Files.createSymbolicLink(directory().resolve("junit.xml"), Path.of("out/results.xml"));

    assertThat(sources(reports)).containsExactly("junit.xml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../*.xml", "a/../../b.xml", "/etc/*.xml", "[", "{a"})
  void aGlobThatLeavesTheDirectoryOrIsNoneIsASetting(String glob) {
    assertThatThrownBy(() -> Reports.before(directory(), List.of(glob)))
        .isInstanceOfSatisfying(
            StepFailedException.class,
            e -> assertThat(e.failure().type()).isEqualTo(FailureType.CONFIGURATION));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/**/r.xml", "**/r.xml", "a/r.xml", "a/*.xml", "./a/r.xml", "a/**"})
  void globsMatchAsPeopleExpect(String glob) throws Exception {
    var reports = Reports.before(directory(), List.of(glob));
    write("a/r.xml", PASSED);

    assertThat(sources(reports)).containsExactly("a/r.xml");
  }

  private List<String> sources(Reports reports) throws Exception {
    return reports.after(log::add).evidence().stream().map(Evidence::source).toList();
  }

  private Path directory() throws IOException {
    return Files.createDirectories(outer.resolve("directory"));
  }

  private Path write(String name, String text) throws IOException {
    return Sample.write(directory().resolve(name), text);
  }
}
