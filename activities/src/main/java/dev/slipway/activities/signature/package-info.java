/** Signatures and provenance of images, with cosign. */
@NullMarked
package dev.slipway.activities.signature;

import org.jspecify.annotations.NullMarked;
