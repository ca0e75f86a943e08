package dev.slipway.activities.database.migrate;

import dev.slipway.activities.database.schema.Schema;
import dev.slipway.activities.database.script.SqlFile;
import dev.slipway.activities.database.script.Version;
import dev.slipway.artifact.Digest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A migration that was begun, with its way back.
 *
 * @param checksum of the up
 * @param before the schema to which the down leads back
 * @param after the schema's fingerprint when it was done; null when nobody saw its end
 * @param standsAlone it ran outside of a transaction, so that it can have been killed half-way
 * @param brought what the down drops
 * @param contents of what it brought, in the same order, as the migration itself left it; null when
 *     not known
 */
record RecordedMigration(
    Version version,
    String description,
    Digest checksum,
    SqlFile down,
    Schema before,
    @Nullable Digest after,
    boolean standsAlone,
    List<DataPlace> brought,
    @Nullable List<Contents> contents) {}
