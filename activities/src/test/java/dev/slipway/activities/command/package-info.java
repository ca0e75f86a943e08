@NullMarked
package dev.slipway.activities.command;

import org.jspecify.annotations.NullMarked;
