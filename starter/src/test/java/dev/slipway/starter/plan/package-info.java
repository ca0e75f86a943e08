/** Tests of plans. */
@NullMarked
package dev.slipway.starter.plan;

import org.jspecify.annotations.NullMarked;
