/** Objects of a cluster that a repository describes: rendered, judged and kept. */
@NullMarked
package dev.slipway.activities.manifest;

import org.jspecify.annotations.NullMarked;
