/** YAML and JSON as a bounded tree that knows the place of everything in it. */
@NullMarked
package dev.slipway.pipeline.yaml;

import org.jspecify.annotations.NullMarked;
