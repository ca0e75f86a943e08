/** Runs in Temporal's time-skipping environment, with a world in memory. */
@NullMarked
package dev.slipway.run;

import org.jspecify.annotations.NullMarked;
