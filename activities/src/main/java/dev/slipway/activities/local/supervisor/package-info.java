/** The process that owns an environment's proxy, replicas and assets. */
@NullMarked
package dev.slipway.activities.local.supervisor;

import org.jspecify.annotations.NullMarked;
