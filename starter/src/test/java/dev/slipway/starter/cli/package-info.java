@NullMarked
package dev.slipway.starter.cli;

import org.jspecify.annotations.NullMarked;
