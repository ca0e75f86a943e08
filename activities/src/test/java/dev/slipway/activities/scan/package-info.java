@NullMarked
package dev.slipway.activities.scan;

import org.jspecify.annotations.NullMarked;
