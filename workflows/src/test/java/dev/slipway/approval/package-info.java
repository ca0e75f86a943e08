@NullMarked
package dev.slipway.approval;

import org.jspecify.annotations.NullMarked;
