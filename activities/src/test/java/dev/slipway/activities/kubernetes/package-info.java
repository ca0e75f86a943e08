@NullMarked
package dev.slipway.activities.kubernetes;

import org.jspecify.annotations.NullMarked;
