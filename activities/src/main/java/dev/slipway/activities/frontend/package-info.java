/** Built frontends: which file may be cached for ever, and what was published. */
@NullMarked
package dev.slipway.activities.frontend;

import org.jspecify.annotations.NullMarked;
