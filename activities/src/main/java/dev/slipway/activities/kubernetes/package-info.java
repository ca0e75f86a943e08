/** Releases as pods of a Deployment in a Kubernetes cluster. */
@NullMarked
package dev.slipway.activities.kubernetes;

import org.jspecify.annotations.NullMarked;
