/** The pipeline file: its model, parser, references and lint. */
@NullMarked
package dev.slipway.pipeline;

import org.jspecify.annotations.NullMarked;
