@NullMarked
package dev.slipway.worker.engine;

import org.jspecify.annotations.NullMarked;
