/** What the target and an environment's supervisor say to each other, and where. */
@NullMarked
package dev.slipway.activities.local.protocol;

import org.jspecify.annotations.NullMarked;
