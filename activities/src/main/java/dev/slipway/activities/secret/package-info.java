/** Secrets of a worker: where they come from and how they stay out of logs. */
@NullMarked
package dev.slipway.activities.secret;

import org.jspecify.annotations.NullMarked;
