package dev.slipway.activities.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.artifact.Digest;
import dev.slipway.evidence.Provenance;
import dev.slipway.json.Json;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Provenance as others write and read it. It has no times: the same run says the same again.
 *
 * @see <a href="https://slsa.dev/spec/v1.0/provenance">SLSA provenance, version 1</a>
 */
final class Statements {
  private static final String PREDICATE = "https://slsa.dev/provenance/v1";
  private static final String BUILD_TYPE = "https://slipway.dev/pipeline/v1";

  /** Which installation it was: the identity of its store. */
  private static final String BUILDER = "slipway:";

  private Statements() {}

  private record Predicate(BuildDefinition buildDefinition, RunDetails runDetails) {}

  private record BuildDefinition(
      String buildType, Asked externalParameters, List<Resource> resolvedDependencies) {}

  private record Asked(String repository, String commit, @Nullable Digest pipeline) {}

  private record Resource(String uri, Map<String, String> digest) {}

  private record RunDetails(Builder builder, Metadata metadata) {}

  private record Builder(String id) {}

  private record Metadata(String invocationId) {}

  /** How a builder is called. */
  static String builder(String installation) {
    return BUILDER + installation;
  }

  /** What is attested of an image. */
  static byte[] predicate(Provenance provenance) {
    return Json.bytes(
        new Predicate(
            new BuildDefinition(
                BUILD_TYPE,
                new Asked(provenance.repository(), provenance.commit(), provenance.pipeline()),
                List.of(
                    new Resource(
                        "git+" + uri(provenance.repository()),
                        Map.of("gitCommit", provenance.commit())))),
            new RunDetails(new Builder(provenance.builder()), new Metadata(provenance.run()))));
  }

  private static String uri(String repository) {
    try {
      return URI.create(repository).isAbsolute()
          ? repository
          : Path.of(repository).toUri().toString();
    } catch (IllegalArgumentException e) { // such as git@host:path, which SSH alone understands
      return repository;
    }
  }

  /**
   * What a verified envelope says of an image; empty when it is about another one, or was not made
   * by us and has its commit elsewhere.
   */
  static Optional<Provenance> read(String envelope, Digest image) {
    try {
      var payload = Json.mapper().readTree(envelope).path("payload").asText();
      var statement =
          Json.mapper().readTree(new String(Base64.getDecoder().decode(payload), UTF_8));
      return isAbout(statement, image) ? provenance(statement.path("predicate")) : Optional.empty();
    } catch (com.fasterxml.jackson.core.JsonProcessingException
        | IllegalArgumentException
        | UncheckedIOException e) {
      return Optional.empty(); // a statement that can't be read proves nothing
    }
  }

  private static boolean isAbout(JsonNode statement, Digest image) {
    if (!statement.path("predicateType").asText().equals(PREDICATE)) {
      return false;
    }
    for (var subject : statement.path("subject")) {
      if (subject.path("digest").path("sha256").asText().equals(image.hex())) {
        return true;
      }
    }
    return false;
  }

  private static Optional<Provenance> provenance(JsonNode predicate) {
    var definition = predicate.path("buildDefinition");
    var details = predicate.path("runDetails");
    var asked = definition.path("externalParameters");
    var commit = asked.path("commit").asText();
    var builder = details.path("builder").path("id").asText();
    var source = definition.path("resolvedDependencies").path(0).path("digest").path("gitCommit");
    if (!definition.path("buildType").asText().equals(BUILD_TYPE)
        || commit.isEmpty()
        || !commit.equals(source.asText())
        || !builder.startsWith(BUILDER)) {
      return Optional.empty();
    }
    var pipeline = asked.path("pipeline").asText();
    return Optional.of(
        new Provenance(
            asked.path("repository").asText(),
            commit,
            pipeline.isEmpty() ? null : new Digest(pipeline),
            run(details.path("metadata")),
            builder));
  }

  /** As SLSA writes it, or as the library does that cosign writes with. */
  private static String run(JsonNode metadata) {
    return metadata.has("invocationId")
        ? metadata.path("invocationId").asText()
        : metadata.path("invocationID").asText();
  }
}
