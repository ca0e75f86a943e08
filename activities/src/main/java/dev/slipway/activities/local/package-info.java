/** The target for laptops and tests: replicas are processes on this machine. */
@NullMarked
package dev.slipway.activities.local;

import org.jspecify.annotations.NullMarked;
