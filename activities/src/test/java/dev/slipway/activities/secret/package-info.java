@NullMarked
package dev.slipway.activities.secret;

import org.jspecify.annotations.NullMarked;
