package dev.slipway.activities.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.action.FailureType;
import dev.slipway.activities.step.ActionTestKit;
import dev.slipway.evidence.Finding;
import dev.slipway.evidence.Findings;
import dev.slipway.evidence.Findings.Count;
import dev.slipway.evidence.Severity;
import dev.slipway.step.StepOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is believed of a scanner, and that nothing else than a whole report is a pass. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class TrivyScanTest {
  private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");
  private static final String PACKAGES = "'Packages': [{'Name': 'left-pad'}, {'Name': 'lodash'}]";

  @TempDir private Path folder;
  private ActionTestKit kit;
  private ScriptedTrivy trivy;

  @BeforeEach
  void commit() throws IOException {
    kit = ActionTestKit.in(folder).file("package-lock.json", "{}").params("{}");
    trivy = new ScriptedTrivy(folder.resolve("bin"));
    kit.workerEnv("PATH", trivy.path());
  }

  private TrivyScan action() {
    return action(Map.of());
  }

  private TrivyScan action(Map<String, String> env) {
    return new TrivyScan(kit.home(), env, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static String vulnerability(String id, String severity) {
    return ("{'VulnerabilityID': '%s', 'PkgName': 'lodash', 'InstalledVersion': '4.17.0',"
            + " 'FixedVersion': '4.17.21', 'Severity': '%s'}")
        .formatted(id, severity);
  }

  private static String lockFile(String... vulnerabilities) {
    return "{'Target': 'package-lock.json', 'Class': 'lang-pkgs', 'Type': 'npm', %s, "
            .formatted(PACKAGES)
        + "'Vulnerabilities': [%s]}".formatted(String.join(",", vulnerabilities));
  }

  private static Findings findings(StepOutcome outcome) {
    return (Findings) outcome.evidence().getFirst();
  }

  @Test
  void aCleanScanSaysWhatItLookedAt() throws Exception {
    trivy.reports(lockFile(vulnerability("CVE-1", "LOW")));

    var outcome = kit.perform(action());

    assertThat(findings(outcome))
        .isEqualTo(
            new Findings(
                ".",
                "trivy 0.68.1",
                Instant.parse("2026-01-01T00:00:00Z"),
                List.of(new Count(Severity.CRITICAL, 0), new Count(Severity.HIGH, 0)),
                2,
                1,
                0,
                List.of()));
    assertThat(outcome.artifacts()).singleElement().returns("unit-reports", kept -> kept.name());
  }

  @Test
  void findingsFailTheStepAtOnceTheWorstFirst() throws Exception {
    trivy.reports(lockFile(vulnerability("CVE-1", "HIGH"), vulnerability("CVE-2", "CRITICAL")));

    var failure = kit.failure(action());

    assertThat(failure.type()).isEqualTo(FailureType.FINDINGS);
    assertThat(failure.happened())
        .isEqualTo("trivy found 1 CRITICAL, 1 HIGH in 2 packages and checks");
    assertThat(failure.advice())
        .startsWith("CRITICAL CVE-2 lodash 4.17.0 (fixed in 4.17.21) in package-lock.json")
        .contains("ignoreFile", "unit-reports");
    assertThat(failure.evidence())
        .singleElement()
        .returns(2L, evidence -> ((Findings) evidence).total());
  }

  @Test
  void theGateAloneMayJudgeFindings() throws Exception {
    trivy.reports(lockFile(vulnerability("CVE-1", "HIGH")));

    var found = findings(kit.params("{'exitOnVuln': false}").perform(action()));

    assertThat(found.isWithin(0)).isFalse();
    assertThat(found.worst())
        .containsExactly(
            new Finding(
                "CVE-1", Severity.HIGH, "lodash", "4.17.0", "4.17.21", "package-lock.json"));
  }

  @Test
  void onlyTheSeveritiesAskedForCount() throws Exception {
    trivy.reports(lockFile(vulnerability("CVE-1", "HIGH"), vulnerability("CVE-2", "LOW")));

    var found =
        findings(kit.params("{'severity': 'LOW, MEDIUM', 'exitOnVuln': false}").perform(action()));

    assertThat(found.worst()).extracting(Finding::id).containsExactly("CVE-2");
    assertThat(found.milder()).isEqualTo(1);
  }

  @Test
  void secretsAndConfigurationCount() throws Exception {
    trivy.reports(
        "{'Target': 'Dockerfile', 'Class': 'config', 'MisconfSummary': {'Successes': 20,"
            + " 'Failures': 1}, 'Misconfigurations': [{'ID': 'DS-0002', 'Title': 'root user',"
            + " 'Severity': 'HIGH', 'Status': 'FAIL', 'CauseMetadata': {'StartLine': 3}}]},"
            + " {'Target': 'key', 'Class': 'secret', 'Secrets': [{'RuleID': 'aws-access-key-id',"
            + " 'Title': 'AWS', 'Severity': 'CRITICAL', 'StartLine': 1}]}");

    var found = findings(kit.params("{'exitOnVuln': false}").perform(action()));

    assertThat(found.worst())
        .extracting(Finding::text)
        .containsExactly(
            "CRITICAL aws-access-key-id AWS in key:1", "HIGH DS-0002 root user in Dockerfile:3");
    assertThat(found.examined()).isEqualTo(22);
  }

  @Test
  void aThousandFindingsFitIntoARun() throws Exception {
    var all = new String[1000];
    for (var i = 0; i < all.length; i++) {
      all[i] = vulnerability("CVE-" + i + "-" + "ü".repeat(500), "HIGH");
    }
    trivy.reports(lockFile(all));

    var failure = kit.failure(action());

    assertThat(((Findings) failure.evidence().getFirst()).worst()).hasSize(Findings.MOST_NAMED);
    assertThat(findings(kit.nextRound().params("{'exitOnVuln': false}").perform(action())).total())
        .isEqualTo(1000);
  }

  @Test
  void onlyAnExceptionWithReasonAndEndIsOne() throws Exception {
    trivy.reports(
        lockFile(
            vulnerability("CVE-1", "HIGH"),
            vulnerability("CVE-2", "HIGH"),
            vulnerability("CVE-3", "HIGH"),
            vulnerability("CVE-4", "HIGH")));
    kit.file(
        "accepted.yaml",
        """
        - {id: CVE-1, reason: we never parse untrusted input, until: 2026-01-02}
        - {id: CVE-2, reason: looked at in autumn, until: 2026-01-01}
        - {id: CVE-3, until: 2027-01-01}
        - {id: CVE-4, reason: some day}
        - {id: CVE-5, reason: gone, until: 2027-01-01}
        """);

    var failure = kit.params("{'ignoreFile': 'accepted.yaml'}").failure(action());

    var found = (Findings) failure.evidence().getFirst();
    assertThat(found.worst()).extracting(Finding::id).containsExactly("CVE-2", "CVE-3", "CVE-4");
    assertThat(found.ignored()).isEqualTo(1);
    assertThat(kit.log())
        .contains(
            "accepted.yaml:2: the exception for CVE-2 ended on 2026-01-01: it does not count",
            "accepted.yaml:3: the exception for CVE-3 has no `reason`: it does not count",
            "accepted.yaml:4: the exception for CVE-4 has no `until`: it does not count",
            "the exception for CVE-5 meets nothing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id: CVE-1 | is no list",
        "- [ | accepted.yaml:",
        "- {id: CVE-1, reason: a, until: soon} | which is no date",
        "- {id: CVE-1, reason: a, untill: 2030-01-01} | unknown field `untill`",
        "- {reason: a, until: 2030-01-01} | has no `id`",
        "- CVE-1 | is a text"
      })
  void aBrokenIgnoreFileIsNoScan(String content, String said) throws Exception {
    kit.file("accepted.yaml", content + "\n");

    var failure = kit.params("{'ignoreFile': 'accepted.yaml'}").failure(action());

    assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(failure.happened()).contains("accepted.yaml").contains(said);
  }

  @Test
  void aScanOfNothingIsNoPass() throws Exception {
    var failure = kit.params("{'exitOnVuln': false}").failure(action());

    assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(failure.happened()).contains("nothing in . that it knows how to look at");
  }

  @Test
  void withoutADatabaseNothingPasses() throws Exception {
    trivy.version("{\"Version\": \"0.68.1\"}").download("echo no such host; exit 1");
    trivy.reports(lockFile());

    var failure = kit.failure(action());

    assertThat(failure.type()).isEqualTo(FailureType.INFRASTRUCTURE);
    assertThat(failure.happened()).startsWith("trivy has no vulnerability database");
    assertThat(failure.advice()).contains("TRIVY_DB_REPOSITORY", "trivy.db");
    assertThat(trivy.calls()).doesNotContain("filesystem");
  }

  @Test
  void anOldDatabaseProvesNothing() throws Exception {
    trivy.database("2025-12-25T00:00:00Z").download("exit 1").reports(lockFile());

    var failure = kit.failure(action());

    assertThat(failure.type()).isEqualTo(FailureType.INFRASTRUCTURE);
    assertThat(failure.happened()).isEqualTo("the vulnerability database is 8d old, and may be 7d");
    assertThat(
            findings(kit.nextRound().params("{'maxDatabaseAge': '9d'}").perform(action())).total())
        .isZero();
  }

  @Test
  void aDatabaseOfTheFutureProvesNothing() throws Exception {
    trivy.database("2027-01-01T00:00:00Z").reports(lockFile());

    assertThat(kit.failure(action()).happened()).contains("which is yet to come");
  }

  @Test
  void aYoungDatabaseIsEnoughWithoutANetwork() throws Exception {
    trivy.download("echo no such host; exit 1").reports(lockFile());

    assertThat(findings(kit.perform(action())).isWithin(0)).isTrue();
    assertThat(kit.log()).contains("the vulnerability database could not be updated");
  }

  @Test
  void configurationNeedsNoDatabase() throws Exception {
    trivy.version("{\"Version\": \"0.68.1\"}").download("exit 1");
    trivy.reports(
        "{'Target': 'Dockerfile', 'Class': 'config', 'MisconfSummary': {'Successes': 20,"
            + " 'Failures': 0}}");

    var found = findings(kit.params("{'scan': 'config'}").perform(action()));

    assertThat(found.isWithin(0)).isTrue();
    assertThat(found.database()).isNull();
    assertThat(trivy.calls()).doesNotContain("download", "vuln");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{'SchemaVersion': 3, 'ArtifactType': 'filesystem'}",
        "{'SchemaVersion': 2, 'ArtifactType': 'filesystem', 'Results': [",
        "{'SchemaVersion': 2, 'ArtifactType': 'filesystem'} {}",
        "{'SchemaVersion': 2, 'ArtifactType': 'filesystem', 'Results': [], 'Results': []}",
        "{'SchemaVersion': 2, 'ArtifactType': 'filesystem', 'Results': [null]}",
        "{'SchemaVersion': 2, 'ArtifactType': 'filesystem', 'Results': [{'Target': 'a',"
            + " 'Class': 'new'}]}",
        "{'SchemaVersion': 2, 'ArtifactType': 'filesystem', 'Results': [{'Target': 'a',"
            + " 'Class': 'os-pkgs', 'Vulnerabilities': [{'VulnerabilityID': 'CVE-1',"
            + " 'PkgName': 'a', 'Severity': 'DREADFUL'}]}]}",
        "{'SchemaVersion': 2, 'ArtifactType': 'filesystem', 'Results': [{'Target': 'a',"
            + " 'Class': 'os-pkgs', 'Vulnerabilities': {}}]}",
        "{'SchemaVersion': 2, 'ArtifactType': 'filesystem', 'Results': [{'Target': 'a',"
            + " 'Class': 'os-pkgs', 'Vulnerabilities': [null]}]}"
      })
  void whatCannotBeReadCannotPass(String report) throws Exception {
    trivy.report(report);

    var failure = kit.failure(action());

    assertThat(failure.type()).isEqualTo(FailureType.INFRASTRUCTURE);
    assertThat(failure.happened()).startsWith("the scanner's report ");
    assertThat(failure.evidence()).isEmpty();
  }

  @Test
  void aReportBeyondMeasureIsNotRead() throws Exception {
    trivy.scan("truncate -s 1G \"$report\"");

    assertThat(kit.failure(action()).happened()).contains("more than 128 MiB");
  }

  @Test
  void aReportThatNestsWithoutEndIsNotRead() throws Exception {
    trivy.report("{'SchemaVersion': 2, 'x': " + "[".repeat(100_000));

    assertThat(kit.failure(action()).happened()).contains("is no complete JSON");
  }

  @Test
  void aScanThatWroteNothingIsNoPass() throws Exception {
    trivy.scan("exit 0");

    assertThat(kit.failure(action()).happened()).isEqualTo("the scanner's report was not written");
  }

  @Test
  void aScanThatFailedIsNoPassWhateverItWrote() throws Exception {
    trivy.reports(lockFile()).scan("cp $here/report.json $report; echo FATAL no disk; exit 1");

    var failure = kit.failure(action());

    assertThat(failure.type()).isEqualTo(FailureType.INFRASTRUCTURE);
    assertThat(failure.happened()).isEqualTo("trivy could not scan .: it ended with code 1");
    assertThat(failure.advice()).contains("FATAL no disk");
  }

  @Test
  void aScannerThatHangsAndFloodsIsStopped() throws Exception {
    trivy.scan("yes flood & sleep 600");

    var failure = kit.timeout(Duration.ofSeconds(3)).failure(action());

    assertThat(failure.type()).isEqualTo(FailureType.TIMEOUT);
    assertThat(kit.log()).hasSizeLessThan(80 << 20);
  }

  @Test
  void aMissingProgramIsSaidWithHowToInstallIt() throws Exception {
    kit.workerEnv("PATH", folder.toString());

    var failure = kit.failure(action());

    assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(failure.happened()).isEqualTo("the program `trivy` was not found");
    assertThat(failure.advice()).contains("Install Trivy");
  }

  @Test
  void aProgramThatIsNotTheScannerIsSaid() throws Exception {
    trivy.version("trivy? yes");

    assertThat(kit.failure(action()).type()).isEqualTo(FailureType.CONFIGURATION);
  }

  @Test
  void theCommitCannotTellTheScannerWhatToSkip() throws Exception {
    kit.file("trivy.yaml", "severity: [LOW]").file(".trivyignore", "CVE-1").env("TRIVY_QUIET", "1");
    trivy.reports(lockFile()).scan("ls -A; env; cp $here/report.json $report");

    kit.perform(action());

    assertThat(kit.log())
        .doesNotContain("trivy.yaml", ".trivyignore", "TRIVY_QUIET")
        .contains("TRIVY_DISABLE_TELEMETRY=true", "TRIVY_SKIP_VERSION_CHECK=true");
  }

  @Test
  void theLoginIsInNoArgumentAndNoLog() throws Exception {
    var image = "localhost:5000/shop@sha256:" + "a".repeat(64);
    kit.workerEnv("SLIPWAY_SECRET_REGISTRY", "s3cret-of-the-registry")
        .params(
            "{'image': '%s', 'username': 'robot', 'password': '${secret:REGISTRY}'}"
                .formatted(image));
    trivy.reports(lockFile()).scan("env; cp $here/report.json $report");

    var found = findings(kit.perform(action(Map.of("DOCKER_HOST", "unix:///x"))));

    assertThat(found.source()).isEqualTo(image);
    assertThat(trivy.calls()).contains(" " + image).doesNotContain("robot", "s3cret");
    assertThat(kit.log())
        .contains("TRIVY_USERNAME=robot", "TRIVY_PASSWORD=", "DOCKER_HOST=unix:///x")
        .doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'image': 'shop:latest'} | by its digest",
        "{'image': '--config=x'} | by its digest",
        "{'scan': 'image'} | needs `image`",
        "{'scan': 'config', 'image': 'x'} | does not look at an image",
        "{'severity': 'HIHG'} | which is no severity",
        "{'severity': ''} | which is no severity",
        "{'path': '../../..'} | leads out of",
        "{'path': 'nowhere'} | has no `nowhere`",
        "{'ignoreFile': 'nowhere'} | has no `nowhere`",
        "{'username': 'ann'} | only one of `username` and `password`"
      })
  void whatMakesNoScanIsSaid(String params, String said) throws Exception {
    var failure = kit.params(params).failure(action());

    assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(failure.happened()).contains(said);
    assertThat(Files.exists(folder.resolve("bin/calls"))).isFalse();
  }

  @Test
  void theWorkersOwnDatabaseFolderIsTaken() throws Exception {
    trivy.reports(lockFile());

    kit.perform(action(Map.of("TRIVY_CACHE_DIR", folder.resolve("db").toString())));

    assertThat(trivy.calls().lines())
        .allMatch(call -> call.startsWith("--cache-dir " + folder.resolve("db")));
  }
}
