/** The command line: one class for each command, and what they share. */
@NullMarked
package dev.slipway.starter.cli;

import org.jspecify.annotations.NullMarked;
