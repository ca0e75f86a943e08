/** What a release would change, as people and programs read it. */
@NullMarked
package dev.slipway.activities.plan;

import org.jspecify.annotations.NullMarked;
