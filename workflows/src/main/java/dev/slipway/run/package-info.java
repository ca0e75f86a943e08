/** A run of a pipeline for one commit, from its frozen plan to its outcome. */
@NullMarked
package dev.slipway.run;

import org.jspecify.annotations.NullMarked;
