/** Node.js projects: dependencies from the lock file, and the scripts of package.json. */
@NullMarked
package dev.slipway.activities.npm;

import org.jspecify.annotations.NullMarked;
