/** What a release of a commit would change, found out without changing anything. */
@NullMarked
package dev.slipway.starter.plan;

import org.jspecify.annotations.NullMarked;
