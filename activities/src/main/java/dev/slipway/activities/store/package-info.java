/** Artifacts, logs and records: the one interface, and the folder behind it. */
@NullMarked
package dev.slipway.activities.store;

import org.jspecify.annotations.NullMarked;
