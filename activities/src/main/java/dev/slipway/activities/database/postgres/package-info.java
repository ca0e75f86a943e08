/** PostgreSQL servers that this product starts itself: one that stays and short-lived ones. */
@NullMarked
package dev.slipway.activities.database.postgres;

import org.jspecify.annotations.NullMarked;
