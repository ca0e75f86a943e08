/** Targets for tests. */
@NullMarked
package dev.slipway.activities.target;

import org.jspecify.annotations.NullMarked;
