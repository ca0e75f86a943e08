@NullMarked
package dev.slipway.action;

import org.jspecify.annotations.NullMarked;
