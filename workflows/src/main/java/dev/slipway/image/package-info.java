/** What a run has done to images that its steps built. */
@NullMarked
package dev.slipway.image;

import org.jspecify.annotations.NullMarked;
