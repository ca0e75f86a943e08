/** Where releases live: lock, ledger, staleness and every way back. */
@NullMarked
package dev.slipway.environment;

import org.jspecify.annotations.NullMarked;
