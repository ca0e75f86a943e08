@NullMarked
package dev.slipway.activities.process;

import org.jspecify.annotations.NullMarked;
