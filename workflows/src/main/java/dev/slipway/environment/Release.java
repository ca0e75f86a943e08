package dev.slipway.environment;

import dev.slipway.approval.Decision;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.pipeline.Webhook;
import dev.slipway.source.SourceRef;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What went live in an environment, with the evidence that let it.
 *
 * @param number 1 for the first release that we made; 0 for what was there before
 * @param run the number of the run that made it; 0 for none
 * @param source null for release 0
 * @param spec the environment as the run's frozen plan had it
 * @param state application, assets and schema
 * @param decisions that let it in
 * @param evidence the verdicts and summaries, one line each
 * @param webhooks that are told what becomes of it
 */
public record Release(
    long number,
    long run,
    @Nullable SourceRef source,
    EnvironmentSpec spec,
    EnvironmentState state,
    List<Decision> decisions,
    List<String> evidence,
    Instant at,
    List<Webhook> webhooks) {
  public Release {
    decisions = List.copyOf(decisions);
    evidence = List.copyOf(evidence);
    // Entries that were written before they said so have none.
    webhooks = webhooks == null ? List.of() : List.copyOf(webhooks);
  }
}
