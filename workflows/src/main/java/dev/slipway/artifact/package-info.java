/** Bytes kept under their SHA-256, and what refers to them. */
@NullMarked
package dev.slipway.artifact;

import org.jspecify.annotations.NullMarked;
