/** Everything in one process, for one machine: engine and worker. */
@NullMarked
package dev.slipway.starter.server;

import org.jspecify.annotations.NullMarked;
