@NullMarked
package dev.slipway.activities.report;

import org.jspecify.annotations.NullMarked;
