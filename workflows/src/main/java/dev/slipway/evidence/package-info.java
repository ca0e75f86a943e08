/** Typed facts that steps report and gates judge. */
@NullMarked
package dev.slipway.evidence;

import org.jspecify.annotations.NullMarked;
