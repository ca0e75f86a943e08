/** Reads a pipeline file: from bytes to a pipeline, or to everything that is wrong with them. */
@NullMarked
package dev.slipway.pipeline.file;

import org.jspecify.annotations.NullMarked;
