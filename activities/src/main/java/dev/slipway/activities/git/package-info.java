/** Commits: where they come from and how they stand to each other. */
@NullMarked
package dev.slipway.activities.git;

import org.jspecify.annotations.NullMarked;
