@NullMarked
package dev.slipway.starter.view;

import org.jspecify.annotations.NullMarked;
