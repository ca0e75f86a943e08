package dev.slipway.activities.scan;

import java.nio.file.Path;
import java.util.List;

/** What a scan looks at. */
sealed interface ScanTarget {
  /** Packages, secrets and configuration among the commit's files. */
  record Files(Path path, String shown) implements ScanTarget {
    @Override
    public List<String> arguments() {
      return List.of(
          "filesystem",
          "--scanners",
          "vuln,secret,misconfig",
          "--list-all-pkgs",
          "--skip-db-update",
          "--cache-backend",
          "memory",
          path.toString());
    }

    @Override
    public boolean needsDatabase() {
      return true;
    }
  }

  /** Only the configuration among them. */
  record Configuration(Path path, String shown) implements ScanTarget {
    @Override
    public List<String> arguments() {
      return List.of("config", "--cache-backend", "memory", path.toString());
    }

    @Override
    public boolean needsDatabase() {
      return false;
    }
  }

  /** Packages and secrets in an image, which is named by its digest. */
  record Image(String shown) implements ScanTarget {
    @Override
    public List<String> arguments() {
      return List.of(
          "image",
          "--scanners",
          "vuln,secret",
          "--list-all-pkgs",
          "--skip-db-update",
          "--cache-backend",
          "memory",
          shown);
    }

    @Override
    public boolean needsDatabase() {
      return true;
    }
  }

  /** Trivy's command and what it is asked, the target last. */
  List<String> arguments();

  /** Whether known vulnerabilities are looked for. */
  boolean needsDatabase();

  /** As people know it. */
  String shown();
}
