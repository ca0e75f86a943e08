/** Scanners: what they look at, and what is believed of what they say. */
@NullMarked
package dev.slipway.activities.scan;

import org.jspecify.annotations.NullMarked;
