/** Waiting with a deadline in workflow code. */
@NullMarked
package dev.slipway.alarm;

import org.jspecify.annotations.NullMarked;
