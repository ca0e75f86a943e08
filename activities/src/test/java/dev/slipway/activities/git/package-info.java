@NullMarked
package dev.slipway.activities.git;

import org.jspecify.annotations.NullMarked;
