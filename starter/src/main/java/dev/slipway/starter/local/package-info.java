/** The server of this home: where it says it is, whether it lives, how it is started. */
@NullMarked
package dev.slipway.starter.local;

import org.jspecify.annotations.NullMarked;
