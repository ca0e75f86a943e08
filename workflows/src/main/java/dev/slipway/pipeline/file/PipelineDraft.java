package dev.slipway.pipeline.file;

import java.util.List;
import java.util.Optional;

/**
 * The file's parts, before what they say of each other was looked at.
 *
 * @param application empty when there is none, which has been said
 * @param registry says where images of steps live that don't name a repository
 */
record PipelineDraft(
    String application,
    Optional<Value> registry,
    List<EnvironmentDraft> environments,
    List<StageDraft> stages,
    List<WebhookDraft> webhooks,
    ApprovalDraft approvals) {
  /** A webhook as the file has it. */
  record WebhookDraft(String url, List<TemplateUse> templates) {}
}
