/** Programs: started without a shell, watched, and ended with everything that they started. */
@NullMarked
package dev.slipway.activities.process;

import org.jspecify.annotations.NullMarked;
