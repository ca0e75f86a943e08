/** Commands that build and test, and what is kept and believed of what they write. */
@NullMarked
package dev.slipway.activities.command;

import org.jspecify.annotations.NullMarked;
