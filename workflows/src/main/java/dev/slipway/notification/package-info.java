/** Telling people's webhooks what happens, without anybody waiting for them. */
@NullMarked
package dev.slipway.notification;

import org.jspecify.annotations.NullMarked;
