/** The commit that a run is about. */
@NullMarked
package dev.slipway.source;

import org.jspecify.annotations.NullMarked;
