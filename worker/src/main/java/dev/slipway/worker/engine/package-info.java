/** Where Temporal is: configured, a development server of ours, or embedded. */
@NullMarked
package dev.slipway.worker.engine;

import org.jspecify.annotations.NullMarked;
