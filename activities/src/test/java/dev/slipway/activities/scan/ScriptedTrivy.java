package dev.slipway.activities.scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A program {@code trivy} that answers as it is told; {@link TrivyScanIT} runs the real one. */
final class ScriptedTrivy {
  private static final String SCRIPT =
      """
      #!/bin/sh
      here=@HERE@
      printf '%s\\n' "$*" >>"$here/calls"
      all=" $* "
      output() { while [ "$1" != --output ]; do shift; done; printf '%s' "$2"; }
      case $all in
        *" version "*) cat "$here/version.json" ;;
        *" --download-db-only "*) . "$here/download.sh" ;;
        *" convert "*) echo '{}' >"$(output "$@")" ;;
        *) report=$(output "$@"); . "$here/scan.sh" ;;
      esac
      """;

  private final Path folder;

  ScriptedTrivy(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    var program = folder.resolve("trivy");
    Files.writeString(program, SCRIPT.replace("@HERE@", folder.toString()));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    database("2026-01-01T00:00:00Z").download("exit 0").scan("cp $here/report.json $report");
    reports("");
  }

  /** A PATH on which it comes first. */
  String path() {
    return folder + ":" + System.getenv("PATH");
  }

  ScriptedTrivy database(String updatedAt) throws IOException {
    return version(
        """
        {"Version": "0.68.1", "VulnerabilityDB": {"Version": 2, "NextUpdate": "%1$s",
        "UpdatedAt": "%1$s", "DownloadedAt": "%1$s"}}
        """
            .formatted(updatedAt));
  }

  ScriptedTrivy version(String json) throws IOException {
    return write("version.json", json);
  }

  ScriptedTrivy download(String script) throws IOException {
    return write("download.sh", script);
  }

  /**
   * @param script that writes the file {@code $report}
   */
  ScriptedTrivy scan(String script) throws IOException {
    return write("scan.sh", script);
  }

  /** Lets a report have these results, with apostrophes for quotes. */
  ScriptedTrivy reports(String results) throws IOException {
    return report(
        "{'SchemaVersion': 2, 'ArtifactName': '.', 'ArtifactType': 'filesystem', 'Results': [%s]}"
            .formatted(results));
  }

  ScriptedTrivy report(String json) throws IOException {
    return write("report.json", json.replace('\'', '"'));
  }

  /** The arguments of every call, one call a line. */
  String calls() throws IOException {
    return Files.readString(folder.resolve("calls"));
  }

  private ScriptedTrivy write(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content + "\n");
    return this;
  }
}
