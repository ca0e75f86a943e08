/** How a worker performs a step: the action interface and what every action gets. */
@NullMarked
package dev.slipway.activities.step;

import org.jspecify.annotations.NullMarked;
