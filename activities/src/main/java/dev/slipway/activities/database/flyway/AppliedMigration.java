package dev.slipway.activities.database.flyway;

import dev.slipway.activities.database.script.Version;

/**
 * A row of Flyway's history.
 *
 * @param success whether it was applied to its end; only one that can't run in a transaction can
 *     fail and leave a row
 */
public record AppliedMigration(Version version, String script, boolean success) {}
