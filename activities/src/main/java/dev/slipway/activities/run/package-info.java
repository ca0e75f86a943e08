/** What a run needs done besides its steps. */
@NullMarked
package dev.slipway.activities.run;

import org.jspecify.annotations.NullMarked;
