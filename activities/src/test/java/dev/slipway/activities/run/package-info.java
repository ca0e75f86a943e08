@NullMarked
package dev.slipway.activities.run;

import org.jspecify.annotations.NullMarked;
