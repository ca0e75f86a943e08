package dev.slipway.approval;

import dev.slipway.pipeline.ApprovalPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people are to decide.
 *
 * @param id unique within the run
 * @param subject one line
 * @param shown what the decision is bound to
 * @param author of the commit, who may not be allowed to approve it
 * @param environment whose newer run makes the question pointless; null when none can
 */
public record Matter(
    String id,
    String subject,
    List<String> shown,
    ApprovalPolicy policy,
    String author,
    @Nullable String environment) {
  public Matter {
    shown = List.copyOf(shown);
  }
}
