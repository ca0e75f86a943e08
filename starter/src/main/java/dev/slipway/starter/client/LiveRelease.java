package dev.slipway.starter.client;

import dev.slipway.approval.Decision;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.EnvironmentState;
import dev.slipway.environment.Release;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is live in an environment, as people and programs read it.
 *
 * @param environment as {@code application/name}
 * @param release its number; null when nothing is live
 * @param commit the full hash
 * @param artifact the digest of what runs
 * @param migration the version of the database's schema, which after a rollback may be newer than
 *     the release
 * @param assets the digest of the published frontend's manifest
 * @param configuration the digest of the environment's configuration
 * @param since when it went live
 * @param url where people reach it, while its proxy listens
 * @param replicas how many processes are behind that
 * @param drift how reality differs from the ledger; null when it does not
 */
public record LiveRelease(
    String environment,
    @Nullable Long release,
    @Nullable Long run,
    @Nullable String commit,
    @Nullable String subject,
    @Nullable String artifact,
    @Nullable String migration,
    @Nullable String assets,
    @Nullable String configuration,
    List<String> approvedBy,
    @Nullable Instant since,
    @Nullable URI url,
    int replicas,
    @Nullable String drift) {
  /** An environment in which nothing is live. */
  static LiveRelease none(
      EnvironmentId environment, @Nullable URI url, int replicas, @Nullable String drift) {
    return new LiveRelease(
        environment.path(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        null,
        url,
        replicas,
        drift);
  }

  /**
   * The live release.
   *
   * @param since when it went live, which after a rollback is later than the release
   */
  static LiveRelease of(
      EnvironmentId environment,
      Release release,
      Instant since,
      @Nullable String migration,
      @Nullable URI url,
      int replicas,
      @Nullable String drift) {
    EnvironmentState state = release.state();
    var application = Optional.ofNullable(state.application());
    return new LiveRelease(
        environment.path(),
        release.number(),
        release.run(),
        release.source() == null ? null : release.source().commit(),
        release.source() == null ? null : release.source().subject(),
        application.map(deployed -> deployed.content().text()).orElse(null),
        migration,
        state.assets() == null ? null : state.assets().text(),
        application.map(deployed -> deployed.labels().configuration().text()).orElse(null),
        release.decisions().stream()
            .filter(decision -> decision.answer() == Decision.Answer.APPROVE)
            .map(Decision::by)
            .toList(),
        since,
        url,
        replicas,
        drift);
  }
}
