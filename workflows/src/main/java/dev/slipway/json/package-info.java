/** The one JSON mapping of everything that is stored or sent. */
@NullMarked
package dev.slipway.json;

import org.jspecify.annotations.NullMarked;
