/** Images: built and pushed by the Docker Engine, tagged in their registry. */
@NullMarked
package dev.slipway.activities.docker;

import org.jspecify.annotations.NullMarked;
