package dev.slipway.environment;

import dev.slipway.artifact.Digest;

/**
 * A database's schema.
 *
 * @param version of the newest migration; {@code 0} before the first
 * @param fingerprint of tables, columns, constraints, indexes and the like; the same for the same
 *     schema however it came to be
 */
public record SchemaState(String version, Digest fingerprint) {}
