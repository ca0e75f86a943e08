package dev.slipway.step;

import dev.slipway.action.Params;
import dev.slipway.artifact.ArtifactRef;
import dev.slipway.artifact.Digest;
import dev.slipway.source.SourceRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an action is asked to do; the one argument of its activity.
 *
 * @param key names this execution
 * @param source the commit
 * @param params as in the pipeline file; references are resolved but for secrets
 * @param directory relative to the workspace, where the step works; empty for its root
 * @param env variables the step adds to its processes, secrets unresolved
 * @param artifacts what earlier steps kept
 * @param artifact the name under which this step keeps its output, if it does
 * @param environment what the step changes or looks at, in a stage that has an environment
 * @param databases the environments of the run's plan that have a database, in the file's order;
 *     null when an older run did not say
 * @param pipeline the digest of the run's pipeline file; null when an older run did not say
 * @param timeout of this attempt; the worker stops it for real when it is over
 */
public record StepRequest(
    StepKey key,
    SourceRef source,
    Params params,
    String directory,
    Map<String, String> env,
    List<ArtifactRef> artifacts,
    @Nullable String artifact,
    @Nullable EnvironmentGrant environment,
    @Nullable List<String> databases,
    @Nullable Digest pipeline,
    Duration timeout) {}
