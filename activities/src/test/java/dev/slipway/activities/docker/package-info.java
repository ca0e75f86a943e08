@NullMarked
package dev.slipway.activities.docker;

import org.jspecify.annotations.NullMarked;
