@NullMarked
package dev.slipway.activities.environment;

import org.jspecify.annotations.NullMarked;
