@NullMarked
package dev.slipway.activities.signature;

import org.jspecify.annotations.NullMarked;
