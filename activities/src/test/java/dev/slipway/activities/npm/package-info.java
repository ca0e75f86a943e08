@NullMarked
package dev.slipway.activities.npm;

import org.jspecify.annotations.NullMarked;
