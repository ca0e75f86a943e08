/** What is wrong with a file, where, and what to write instead. */
@NullMarked
package dev.slipway.pipeline.problem;

import org.jspecify.annotations.NullMarked;
