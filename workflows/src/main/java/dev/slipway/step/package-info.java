/** The contract between a run and the worker that performs a step. */
@NullMarked
package dev.slipway.step;

import org.jspecify.annotations.NullMarked;
