@NullMarked
package dev.slipway.activities.manifest;

import org.jspecify.annotations.NullMarked;
