package dev.slipway.notification;

import dev.slipway.pipeline.RunId;
import org.jspecify.annotations.Nullable;

/**
 * What people are told.
 *
 * @param key the same for each delivery of the same event
 * @param url may refer to secrets
 * @param commit the full hash; null before it is known
 */
public record Notification(
    String key, String url, RunId run, @Nullable String commit, RunEvent event) {}
