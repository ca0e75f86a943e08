/** Proves migrations on a scratch PostgreSQL. */
@NullMarked
package dev.slipway.activities.database.check;

import org.jspecify.annotations.NullMarked;
