/** Black-box tests: the built program, real processes, a real Temporal server. */
@NullMarked
package dev.slipway.e2e;

import org.jspecify.annotations.NullMarked;
