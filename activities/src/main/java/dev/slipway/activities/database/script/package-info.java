/** Migrations as files, and SQL as statements. */
@NullMarked
package dev.slipway.activities.database.script;

import org.jspecify.annotations.NullMarked;
