@NullMarked
package dev.slipway.activities.store;

import org.jspecify.annotations.NullMarked;
