/** The terminal that a person sits at, or what stands in its place. */
@NullMarked
package dev.slipway.starter.terminal;

import org.jspecify.annotations.NullMarked;
