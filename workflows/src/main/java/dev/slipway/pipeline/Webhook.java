package dev.slipway.pipeline;

/**
 * A URL that is told about a run by POST.
 *
 * @param url may refer to secrets, which resolve on the worker
 */
public record Webhook(String url) {}
