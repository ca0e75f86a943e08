/** Connections with limits, which an interruption ends. */
@NullMarked
package dev.slipway.activities.database.session;

import org.jspecify.annotations.NullMarked;
