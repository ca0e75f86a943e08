/** What people read: pure functions from what is known to lines. */
@NullMarked
package dev.slipway.starter.view;

import org.jspecify.annotations.NullMarked;
