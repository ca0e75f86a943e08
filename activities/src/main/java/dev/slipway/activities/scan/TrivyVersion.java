package dev.slipway.activities.scan;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.action.Durations;
import dev.slipway.action.FailureType;
import dev.slipway.json.Json;
import dev.slipway.step.StepFailedException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What {@code trivy version} says.
 *
 * @param version of the program
 * @param database null when there is none
 */
record TrivyVersion(
    @JsonProperty("Version") String version,
    @JsonProperty("VulnerabilityDB") @Nullable Database database) {
  private static final Duration CLOCK_SLACK = Duration.ofDays(1);

  /** A vulnerability database. */
  record Database(@JsonProperty("UpdatedAt") @Nullable Instant updatedAt) {}

  static TrivyVersion read(String json) throws StepFailedException {
    try {
      var read = Json.read(json.getBytes(StandardCharsets.UTF_8), TrivyVersion.class);
      if (read != null && read.version() != null && !read.version().isBlank()) {
        return read;
      }
    } catch (UncheckedIOException e) {
      throw unreadable(e);
    }
    throw unreadable(null);
  }

  private static StepFailedException unreadable(@Nullable Exception cause) {
    var failure =
        new StepFailedException(
            FailureType.CONFIGURATION,
            "the answer of `trivy version` can't be read",
            "Is the `trivy` on the worker's PATH the scanner, and not older than 0.68?");
    if (cause != null) {
      failure.initCause(cause);
    }
    return failure;
  }

  /**
   * When the database was made.
   *
   * @param cache where it was looked for
   * @throws StepFailedException INFRASTRUCTURE when there is none, or none that proves anything
   */
  Instant databaseDate(Path cache, Duration mostAge, Instant now) throws StepFailedException {
    var date = database == null ? null : database.updatedAt();
    if (date == null || date.getEpochSecond() <= 0) {
      throw noProof(
          "trivy has no vulnerability database, and could not download one",
          "Let the worker reach Trivy's registry, through HTTPS_PROXY or a mirror that"
              + " TRIVY_DB_REPOSITORY names, or put trivy.db and metadata.json into %s."
                  .formatted(cache.resolve("db")));
    }
    var age = Duration.between(date, now);
    if (age.compareTo(mostAge) > 0) {
      throw noProof(
          "the vulnerability database is %s old, and may be %s"
              .formatted(Durations.text(age), Durations.text(mostAge)),
          "It was made at %s and could not be updated: see the log. What became known since, it"
                  .formatted(date)
              + " does not know; `maxDatabaseAge` says how old it may be.");
    }
    if (age.compareTo(CLOCK_SLACK.negated()) < 0) {
      throw noProof(
          "the vulnerability database was made at %s, which is yet to come".formatted(date),
          "Look at the worker's clock, and at who made the database.");
    }
    return date;
  }

  private static StepFailedException noProof(String happened, String advice) {
    return new StepFailedException(FailureType.INFRASTRUCTURE, happened, advice);
  }
}
