package dev.slipway.pipeline.file;

import java.util.List;

/**
 * The file's parts, before what they say of each other was looked at.
 *
 * @param application empty when there is none, which has been said
 */
record PipelineDraft(
    String application,
    List<EnvironmentDraft> environments,
    List<StageDraft> stages,
    List<WebhookDraft> webhooks,
    ApprovalDraft approvals) {
  /** A webhook as the file has it. */
  record WebhookDraft(String url, List<TemplateUse> templates) {}
}
