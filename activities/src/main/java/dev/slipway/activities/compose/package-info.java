/** Tests that need several containers: a compose file as a project that nothing is left of. */
@NullMarked
package dev.slipway.activities.compose;

import org.jspecify.annotations.NullMarked;
