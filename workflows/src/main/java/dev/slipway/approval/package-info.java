/** Decisions by people: who may decide, when it escalates, when it expires. */
@NullMarked
package dev.slipway.approval;

import org.jspecify.annotations.NullMarked;
