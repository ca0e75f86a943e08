package dev.slipway.activities.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.slipway.action.FailureType;
import dev.slipway.activities.archive.ArchiveLimits;
import dev.slipway.activities.archive.TarUnpacker;
import dev.slipway.activities.step.ActionTestKit;
import dev.slipway.evidence.Finding;
import dev.slipway.evidence.Findings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With the real Trivy, and a vulnerability database that knows one package. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class TrivyScanIT {
  @TempDir private Path folder;
  private ActionTestKit kit;

  @BeforeEach
  void commit() {
    var there =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(each -> Files.isExecutable(Path.of(each, "trivy")));
    if (!there && Boolean.parseBoolean(System.getenv("CI"))) {
      fail("no trivy on the PATH");
    }
    if (!there) {
      abort("no trivy on the PATH");
    }
    kit = ActionTestKit.in(folder).params("{}").timeout(Duration.ofMinutes(2));
  }

  /** A worker whose network reaches no registry. */
  private TrivyScan action() {
    return new TrivyScan(
        kit.home(),
        Map.of("TRIVY_CACHE_DIR", cache().toString(), "TRIVY_DB_REPOSITORY", "127.0.0.1:1/none"));
  }

  private Path cache() {
    return folder.resolve("trivy");
  }

  /** One version of lodash has two vulnerabilities, a high and a low one. */
  private TrivyScanIT database(Instant updatedAt) throws IOException, InterruptedException {
    var making =
        new ProcessBuilder(
                "trivy-db",
                cache().toString(),
                updatedAt.truncatedTo(ChronoUnit.SECONDS).toString())
            .inheritIO()
            .start();
    assertThat(making.waitFor()).as("trivy-db, which .ci/run builds").isZero();
    return this;
  }

  private ActionTestKit lodash(String version) {
    return kit.file(
        "package-lock.json",
        """
        {"name": "shop", "version": "1.0.0", "lockfileVersion": 3, "packages": {
          "": {"name": "shop", "version": "1.0.0", "dependencies": {"lodash": "%1$s"}},
          "node_modules/lodash": {"version": "%1$s"}}}
        """
            .formatted(version));
  }

  @Test
  void aVulnerablePackageIsFoundWithItsFixedVersion() throws Exception {
    database(Instant.now()).lodash("4.17.20");

    var failure = kit.failure(action());

    assertThat(failure.type()).isEqualTo(FailureType.FINDINGS);
    var found = (Findings) failure.evidence().getFirst();
    assertThat(found.worst())
        .extracting(Finding::text)
        .containsExactly("HIGH CVE-2030-1 lodash 4.17.20 (fixed in 4.17.21) in package-lock.json");
    assertThat(found.milder()).isEqualTo(1);
  }

  @Test
  void aFixedPackageIsCleanAndInTheBillOfMaterials() throws Exception {
    database(Instant.now()).lodash("4.17.21");

    var outcome = kit.perform(action());

    var found = (Findings) outcome.evidence().getFirst();
    assertThat(found.isWithin(0)).isTrue();
    assertThat(found.database()).isNotNull();
    var reports = Files.createDirectories(folder.resolve("reports"));
    try (var archive = kit.store().open(outcome.artifacts().getFirst().digest())) {
      TarUnpacker.unpack(archive, reports, ArchiveLimits.DEFAULT);
    }
    try (var files = Files.walk(reports)) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .contains("trivy.json", "trivy.sarif", "sbom.cdx.json");
    }
    try (var files = Files.walk(reports)) {
      var bill = files.filter(file -> file.endsWith("sbom.cdx.json")).findFirst().orElseThrow();
      assertThat(Files.readString(bill)).contains("CycloneDX", "pkg:npm/lodash@4.17.21");
    }
  }

  @Test
  void secretsAndConfigurationAreFound() throws Exception {
    database(Instant.now()).lodash("4.17.21");
    kit.file("deploy.env", "TOKEN=" + "ghp_" + "Zx81kQ0vB7mN2cR5tY9wL3pD6sF4hJ1aE8uK\n")
        .file("Dockerfile", "FROM scratch\nCOPY . /\nCMD [\"/app\"]\n")
        .params("{'exitOnVuln': false}");

    var found = (Findings) kit.perform(action()).evidence().getFirst();

    assertThat(found.worst()).extracting(Finding::id).contains("github-pat");
    assertThat(found.worst())
        .extracting(Finding::location)
        .anyMatch(location -> location.startsWith("Dockerfile"));
    assertThat(kit.log()).doesNotContain("Zx81kQ0vB7mN2cR5tY9wL3pD6sF4hJ1aE8uK");
  }

  @Test
  void theCommitCannotHideAFinding() throws Exception {
    database(Instant.now())
        .lodash("4.17.20")
        .file(".trivyignore", "CVE-2030-1\n")
        .file("trivy.yaml", "scan:\n  skip-files: [package-lock.json]\n");

    assertThat(kit.failure(action()).type()).isEqualTo(FailureType.FINDINGS);
  }

  @Test
  void withoutADatabaseNothingPasses() throws Exception {
    lodash("4.17.21");

    var failure = kit.failure(action());

    assertThat(failure.type()).isEqualTo(FailureType.INFRASTRUCTURE);
    assertThat(failure.happened()).startsWith("trivy has no vulnerability database");
  }

  @Test
  void anOldDatabaseProvesNothing() throws Exception {
    database(Instant.now().minus(Duration.ofDays(8))).lodash("4.17.21");

    assertThat(kit.failure(action()).happened())
        .isEqualTo("the vulnerability database is 8d old, and may be 7d");
  }

  @Test
  void configurationAloneNeedsNoDatabase() throws Exception {
    kit.file("Dockerfile", "FROM scratch\nCOPY . /\nCMD [\"/app\"]\n")
        .params("{'scan': 'config', 'exitOnVuln': false}");

    var found = (Findings) kit.perform(action()).evidence().getFirst();

    assertThat(found.examined()).isPositive();
    assertThat(found.total()).isPositive();
  }

  @Test
  void aFolderOfNothingIsNoPass() throws Exception {
    database(Instant.now());
    kit.file("README", "hello");

    assertThat(kit.failure(action()).type()).isEqualTo(FailureType.CONFIGURATION);
  }
}
