@NullMarked
package dev.slipway.starter.server;

import org.jspecify.annotations.NullMarked;
