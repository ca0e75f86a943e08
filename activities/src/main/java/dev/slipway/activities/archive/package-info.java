/** Folders as tar archives that are the same for the same files, and their safe unpacking. */
@NullMarked
package dev.slipway.activities.archive;

import org.jspecify.annotations.NullMarked;
