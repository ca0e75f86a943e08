/** What runs releases: the interface of every target. */
@NullMarked
package dev.slipway.activities.target;

import org.jspecify.annotations.NullMarked;
