/**
 * What a pipeline that can be read still gets wrong about delivery: a small class for each rule.
 */
@NullMarked
package dev.slipway.pipeline.lint;

import org.jspecify.annotations.NullMarked;
