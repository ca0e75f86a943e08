/** Figures beside their yardsticks, from the same run, with the limits that they must keep. */
@NullMarked
package dev.slipway.bench;

import org.jspecify.annotations.NullMarked;
