@NullMarked
package dev.slipway.activities.step;

import org.jspecify.annotations.NullMarked;
