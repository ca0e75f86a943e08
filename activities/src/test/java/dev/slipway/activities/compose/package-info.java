@NullMarked
package dev.slipway.activities.compose;

import org.jspecify.annotations.NullMarked;
