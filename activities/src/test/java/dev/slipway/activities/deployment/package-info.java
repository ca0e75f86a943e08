@NullMarked
package dev.slipway.activities.deployment;

import org.jspecify.annotations.NullMarked;
