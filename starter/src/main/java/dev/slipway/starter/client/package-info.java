/** Runs as a command sees them: in the store, and through Temporal while they are open. */
@NullMarked
package dev.slipway.starter.client;

import org.jspecify.annotations.NullMarked;
