/** What test and coverage tools write, read as evidence; what can't be read never passes. */
@NullMarked
package dev.slipway.activities.report;

import org.jspecify.annotations.NullMarked;
