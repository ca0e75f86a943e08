package dev.slipway.activities.database.migrate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.action.FailureType;
import dev.slipway.activities.database.postgres.PostgresDatabase;
import dev.slipway.activities.database.postgres.PostgresServer;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.pipeline.Interpolation;
import dev.slipway.pipeline.Reference;
import dev.slipway.pipeline.Template;
import dev.slipway.pipeline.UnknownReferenceException;
import dev.slipway.step.StepFailedException;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the database of an environment from what its specification says. */
public final class EnvironmentDatabases {
  private static final String JDBC = "jdbc:";

  private final PostgresServer embedded;
  private final SecretLookup secrets;

  public EnvironmentDatabases(PostgresServer embedded, SecretLookup secrets) {
    this.embedded = embedded;
    this.secrets = secrets;
  }

  /**
   * The environment's database.
   *
   * @param database as the specification says it, secrets unresolved; null without one
   * @throws StepFailedException as configuration when a secret is missing or the URL can't be read;
   *     never with the URL, which may hold a password
   */
  public Optional<PostgresDatabase> find(EnvironmentId environment, @Nullable String database)
      throws StepFailedException, InterruptedException {
    if (database == null) {
      return Optional.empty();
    }
    if (database.equals(EnvironmentSpec.EMBEDDED_DATABASE)) {
      return Optional.of(embedded.database(environment));
    }
    return Optional.of(PostgresDatabase.ofJdbcUrl(finished(environment, database)));
  }

  /** A text of the environment's specification with its secrets and its name. */
  String finished(EnvironmentId environment, String text) throws StepFailedException {
    var values = new HashMap<Reference, String>();
    for (var reference : Template.parse(text).references()) {
      switch (reference) {
        // Inside of a URL it must not be read as a part of its form.
        case Reference.Secret(var name) -> {
          var secret = secrets.require(name);
          values.put(reference, text.startsWith(JDBC) ? encoded(secret) : secret);
        }
        case Reference.EnvironmentName _ -> values.put(reference, environment.name());
        case Reference.CommitSha _,
            Reference.RunNumber _,
            Reference.Artifact _,
            Reference.Output _,
            Reference.Image _,
            Reference.DockerImage _,
            Reference.EnvironmentUrl _ -> {}
      }
    }
    try {
      return Interpolation.finish(text, reference -> Optional.ofNullable(values.get(reference)));
    } catch (UnknownReferenceException e) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "the environment %s refers to ${%s}, which has no value there"
              .formatted(environment.name(), e.reference().text()),
          "Use ${secret:NAME}, ${environment.name} or plain text.",
          e);
    }
  }

  private static String encoded(String secret) {
    return URLEncoder.encode(secret, UTF_8).replace("+", "%20");
  }
}
