/** Tests of what plans show. */
@NullMarked
package dev.slipway.activities.plan;

import org.jspecify.annotations.NullMarked;
