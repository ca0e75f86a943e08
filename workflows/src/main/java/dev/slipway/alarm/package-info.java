/** Waiting with a deadline, and reading failures, in workflow code. */
@NullMarked
package dev.slipway.alarm;

import org.jspecify.annotations.NullMarked;
