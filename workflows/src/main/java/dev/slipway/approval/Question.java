package dev.slipway.approval;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decision that a run waits for, and how far it has come.
 *
 * @param id names the question within its run: {@code production/1}
 * @param subject what is asked, one line
 * @param shown what the approver sees: commit, digests, migrations, verdicts; the decision is bound
 *     to it
 * @param from who may decide; empty for anybody
 * @param quorum how many must approve
 * @param askedAt when people were told
 * @param escalatesAt when others are told; null when it has happened
 * @param expiresAt when the question is closed
 * @param decisions so far
 */
public record Question(
    String id,
    String subject,
    List<String> shown,
    List<String> from,
    int quorum,
    Instant askedAt,
    @Nullable Instant escalatesAt,
    Instant expiresAt,
    List<Decision> decisions) {
  public Question {
    shown = List.copyOf(shown);
    from = List.copyOf(from);
    decisions = List.copyOf(decisions);
  }
}
