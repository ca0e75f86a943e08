@NullMarked
package dev.slipway.activities.archive;

import org.jspecify.annotations.NullMarked;
