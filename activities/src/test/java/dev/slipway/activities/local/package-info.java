@NullMarked
package dev.slipway.activities.local;

import org.jspecify.annotations.NullMarked;
