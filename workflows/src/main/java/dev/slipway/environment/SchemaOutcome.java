package dev.slipway.environment;

import org.jspecify.annotations.Nullable;

/**
 * What a way back makes of the schema.
 *
 * @param version that stands afterwards; null without a database
 * @param text what becomes of it and why, one line
 */
public record SchemaOutcome(@Nullable String version, String text) {}
