@NullMarked
package dev.slipway.starter.terminal;

import org.jspecify.annotations.NullMarked;
