/** What a command reads from Git before a run starts. */
@NullMarked
package dev.slipway.starter.source;

import org.jspecify.annotations.NullMarked;
