/** The door of an environment: assets, and requests to replicas. */
@NullMarked
package dev.slipway.activities.local.proxy;

import org.jspecify.annotations.NullMarked;
