package dev.slipway.environment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.slipway.artifact.Digest;

/**
 * Everything that is needed to run a release's application, now or again: what a target is asked to
 * run, and what it answers that it runs.
 */
@JsonTypeInfo(
    use = JsonTypeInfo.Id.NAME,
    property = "target",
    // What was written before there was another one does not say so.
    defaultImpl = LocalDeployment.class)
@JsonSubTypes({
  @JsonSubTypes.Type(value = LocalDeployment.class, name = "local"),
  @JsonSubTypes.Type(value = KubernetesDeployment.class, name = "kubernetes")
})
public sealed interface Deployment permits LocalDeployment, KubernetesDeployment {
  /** What it says about itself in the target. */
  ReleaseLabels labels();

  /** The very bytes that run. */
  Digest content();

  /** How many replicas of it run. */
  int replicas();
}
