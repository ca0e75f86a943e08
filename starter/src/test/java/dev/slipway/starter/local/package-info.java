@NullMarked
package dev.slipway.starter.local;

import org.jspecify.annotations.NullMarked;
