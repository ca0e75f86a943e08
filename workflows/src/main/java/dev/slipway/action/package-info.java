/** What a step can do: the specification of every action. */
@NullMarked
package dev.slipway.action;

import org.jspecify.annotations.NullMarked;
