/** Requests that a pipeline makes to see whether something answers as it should. */
@NullMarked
package dev.slipway.activities.http;

import org.jspecify.annotations.NullMarked;
