/** Whether a stage's evidence lets its run pass. */
@NullMarked
package dev.slipway.gate;

import org.jspecify.annotations.NullMarked;
