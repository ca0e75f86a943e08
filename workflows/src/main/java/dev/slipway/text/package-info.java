/** Texts from outside that people read. */
@NullMarked
package dev.slipway.text;

import org.jspecify.annotations.NullMarked;
