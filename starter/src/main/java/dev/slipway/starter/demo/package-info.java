/** The storefront's story, told with the real program. */
@NullMarked
package dev.slipway.starter.demo;

import org.jspecify.annotations.NullMarked;
