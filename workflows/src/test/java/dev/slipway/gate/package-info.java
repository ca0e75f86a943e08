@NullMarked
package dev.slipway.gate;

import org.jspecify.annotations.NullMarked;
