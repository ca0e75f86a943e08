/** Migrates environments' databases, keeps the way back in them and goes it. */
@NullMarked
package dev.slipway.activities.database.migrate;

import org.jspecify.annotations.NullMarked;
