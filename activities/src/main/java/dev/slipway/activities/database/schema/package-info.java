/** What a database's schema is. */
@NullMarked
package dev.slipway.activities.database.schema;

import org.jspecify.annotations.NullMarked;
