@NullMarked
package dev.slipway.activities.local.supervisor;

import org.jspecify.annotations.NullMarked;
