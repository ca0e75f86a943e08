/** What a worker is there for. */
@NullMarked
package dev.slipway.activities.duty;

import org.jspecify.annotations.NullMarked;
