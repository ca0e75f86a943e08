/** Locks, surveys, the ledger and ways back of environments. */
@NullMarked
package dev.slipway.activities.environment;

import org.jspecify.annotations.NullMarked;
