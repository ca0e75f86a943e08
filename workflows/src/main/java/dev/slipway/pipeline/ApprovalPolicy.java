package dev.slipway.pipeline;

import java.time.Duration;
import java.util.List;

/**
 * Who is asked, and what happens when nobody answers.
 *
 * @param from who may decide; empty for anybody
 * @param quorum how many different people must approve
 * @param notTheAuthor whether the commit's author can't approve it
 * @param escalateAfter when {@code escalateTo} is told
 * @param escalateTo who is told then, and may decide from then on
 * @param expireAfter when the question is closed without a decision
 * @param onExpire what happens to the environment before this one then
 */
public record ApprovalPolicy(
    List<String> from,
    int quorum,
    boolean notTheAuthor,
    Duration escalateAfter,
    List<String> escalateTo,
    Duration expireAfter,
    OnExpire onExpire) {
  /** Anybody, once, within two hours. */
  public static final ApprovalPolicy DEFAULT =
      new ApprovalPolicy(
          List.of(),
          1,
          false,
          Duration.ofMinutes(30),
          List.of(),
          Duration.ofHours(2),
          OnExpire.ROLLBACK);

  /** What an expiry does to the nearest earlier environment that still runs this release. */
  public enum OnExpire {
    /** Its release before this run comes back. */
    ROLLBACK,
    /** It keeps what it has. */
    KEEP
  }

  public ApprovalPolicy {
    from = List.copyOf(from);
    escalateTo = List.copyOf(escalateTo);
  }
}
