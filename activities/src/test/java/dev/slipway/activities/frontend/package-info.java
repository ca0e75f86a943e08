@NullMarked
package dev.slipway.activities.frontend;

import org.jspecify.annotations.NullMarked;
