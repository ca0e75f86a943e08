package dev.slipway.activities.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.artifact.Digest;
import dev.slipway.evidence.Provenance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What provenance says, and whose is believed. */
final class StatementsTest {
  private static final Digest IMAGE = Digest.of("image".getBytes(UTF_8));
  private static final Provenance MADE =
      new Provenance(
          "https://git.example.com/shop.git",
          "c".repeat(40),
          Digest.of("pipeline".getBytes(UTF_8)),
          "shop/12",
          Statements.builder("here"));

  @Test
  void whatIsWrittenIsRead() {
    assertThat(Statements.read(ScriptedCosign.envelope(IMAGE, MADE), IMAGE)).contains(MADE);
  }

  @Test
  void itIsProvenanceAsSlsaDefinesIt() {
    assertThat(new String(Statements.predicate(MADE), UTF_8))
        .isEqualTo(
            """
            {"buildDefinition":{"buildType":"https://slipway.dev/pipeline/v1",\
            "externalParameters":{"repository":"https://git.example.com/shop.git",\
            "commit":"%1$s","pipeline":"%2$s"},\
            "resolvedDependencies":[{"uri":"git+https://git.example.com/shop.git",\
            "digest":{"gitCommit":"%1$s"}}]},\
            "runDetails":{"builder":{"id":"slipway:here"},\
            "metadata":{"invocationId":"shop/12"}}}"""
                .formatted("c".repeat(40), MADE.pipeline()));
  }

  @ParameterizedTest
  @CsvSource({
    "/srv/shop, git+file:///srv/shop",
    "ssh://git@example.com/shop, git+ssh://git@example.com/shop",
    "git@example.com:team/shop, git+git@example.com:team/shop"
  })
  void aRepositoryIsNamedAsAnAddress(String repository, String uri) {
    var made = new Provenance(repository, "c".repeat(40), null, "shop/12", "slipway:here");

    assertThat(new String(Statements.predicate(made), UTF_8)).contains("\"uri\":\"" + uri + "\"");
  }

  @Test
  void thatOfAnotherImageIsNoProof() {
    var other = Digest.of("other".getBytes(UTF_8));

    assertThat(Statements.read(ScriptedCosign.envelope(other, MADE), IMAGE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "'text'",
        "{'buildDefinition': {'buildType': 'https://slipway.dev/pipeline/v1'}}",
        "{'buildDefinition': {'buildType': 'https://other.dev/v1', 'externalParameters': {'commit':"
            + " 'c'}, 'resolvedDependencies': [{'digest': {'gitCommit': 'c'}}]}, 'runDetails':"
            + " {'builder': {'id': 'slipway:here'}}}",
        "{'buildDefinition': {'buildType': 'https://slipway.dev/pipeline/v1', 'externalParameters':"
            + " {'commit': 'c'}, 'resolvedDependencies': [{'digest': {'gitCommit': 'd'}}]},"
            + " 'runDetails': {'builder': {'id': 'slipway:here'}}}",
        "{'buildDefinition': {'buildType': 'https://slipway.dev/pipeline/v1', 'externalParameters':"
            + " {'commit': 'c'}, 'resolvedDependencies': [{'digest': {'gitCommit': 'c'}}]},"
            + " 'runDetails': {'builder': {'id': 'github'}}}",
        "{'buildDefinition': {'buildType': 'https://slipway.dev/pipeline/v1', 'externalParameters':"
            + " {'commit': 'c', 'pipeline': 'x'}, 'resolvedDependencies': [{'digest': {'gitCommit':"
            + " 'c'}}]}, 'runDetails': {'builder': {'id': 'slipway:here'}}}",
      })
  void whatIsNotOursIsNoProof(String predicate) {
    var envelope = ScriptedCosign.envelope(IMAGE, predicate.replace('\'', '"'));

    assertThat(Statements.read(envelope, IMAGE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{}", "null", "{\"payload\": \"%\"}", "{\"payload\": \"e30=\"}"})
  void whatCannotBeReadIsNoProof(String envelope) {
    assertThat(Statements.read(envelope, IMAGE)).isEmpty();
  }
}
