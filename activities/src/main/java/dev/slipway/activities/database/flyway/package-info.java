/** The engine that applies migrations. */
@NullMarked
package dev.slipway.activities.database.flyway;

import org.jspecify.annotations.NullMarked;
