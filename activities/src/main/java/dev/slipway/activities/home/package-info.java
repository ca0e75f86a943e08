/** The folder in which everything that a machine remembers lives. */
@NullMarked
package dev.slipway.activities.home;

import org.jspecify.annotations.NullMarked;
