@NullMarked
package dev.slipway.activities.local.proxy;

import org.jspecify.annotations.NullMarked;
