/** What workers are there for. */
@NullMarked
package dev.slipway.activities.duty;

import org.jspecify.annotations.NullMarked;
