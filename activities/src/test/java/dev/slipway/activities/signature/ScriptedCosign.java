package dev.slipway.activities.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.artifact.Digest;
import dev.slipway.evidence.Provenance;
import dev.slipway.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;

/** A program {@code cosign} that answers as it is told; {@link SignatureIT} runs the real one. */
final class ScriptedCosign {
  private static final String SCRIPT =
      """
      #!/bin/sh
      here=@HERE@
      printf '%s\\n' "$*" >>"$here/calls"
      . "$here/$1.sh"
      """;

  private final Path folder;

  ScriptedCosign(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    var program = folder.resolve("cosign");
    Files.writeString(program, SCRIPT.replace("@HERE@", folder.toString()));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** A PATH on which it comes first. */
  String path() {
    return folder + ":" + System.getenv("PATH");
  }

  /** Lets a command print this. */
  ScriptedCosign prints(String command, String output) throws IOException {
    Files.writeString(folder.resolve(command + ".out"), output + "\n");
    return does(command, "cat $here/" + command + ".out");
  }

  /** Lets a command fail. */
  ScriptedCosign fails(String command, int code, String said) throws IOException {
    return does(command, "echo '%s' >&2; exit %d".formatted(said, code));
  }

  ScriptedCosign does(String command, String script) throws IOException {
    Files.writeString(folder.resolve(command + ".sh"), script + "\n");
    return this;
  }

  /** The arguments of every call, one call a line. */
  String calls() throws IOException {
    return Files.readString(folder.resolve("calls"));
  }

  /** What {@code cosign verify} prints of one signature of this image. */
  static String payload(Digest image) {
    return """
        [{"critical":{"identity":{"docker-reference":"shop"},"image":{"docker-manifest-digest":\
        "%s"},"type":"cosign container image signature"},"optional":null}]"""
        .formatted(image);
  }

  /** What {@code cosign verify-attestation} prints of this provenance. */
  static String envelope(Digest image, Provenance provenance) {
    return envelope(image, new String(Statements.predicate(provenance), UTF_8));
  }

  static String envelope(Digest image, String predicate) {
    var statement =
        """
        {"_type": "https://in-toto.io/Statement/v0.1",
         "predicateType": "https://slsa.dev/provenance/v1",
         "subject": [{"name": "shop", "digest": {"sha256": "%s"}}],
         "predicate": %s}
        """
            .formatted(image.hex(), predicate);
    return Json.text(
        Map.of(
            "payloadType",
            "application/vnd.in-toto+json",
            "payload",
            Base64.getEncoder().encodeToString(statement.getBytes(UTF_8))));
  }
}
