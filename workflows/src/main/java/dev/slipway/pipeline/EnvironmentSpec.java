package dev.slipway.pipeline;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where releases live, as the pipeline file describes it.
 *
 * @param target what runs the application there
 * @param run how the {@code local} target starts a replica; null for an environment that runs none
 * @param url where people reach it, when the target does not say so itself
 * @param database {@value #EMBEDDED_DATABASE} for the PostgreSQL that the server keeps, or a JDBC
 *     URL, which may refer to secrets; null without a database
 * @param after the environment whose digests must have been released before
 * @param keepOnFailure leaves a failed release in place for people to look at
 * @param kubernetes where the {@code kubernetes} target runs the application; null for another
 */
public record EnvironmentSpec(
    String name,
    Target target,
    @Nullable LocalRun run,
    @Nullable String url,
    @Nullable String database,
    @Nullable String after,
    boolean keepOnFailure,
    @Nullable Namespace kubernetes) {
  /** The PostgreSQL that the server keeps under its home. */
  public static final String EMBEDDED_DATABASE = "embedded";

  /** The name of the environment that is careful by default. */
  public static final String PRODUCTION = "production";

  /** What runs an application. */
  public enum Target {
    /** Processes on this machine behind a proxy. */
    LOCAL,
    /** Pods in a cluster. */
    KUBERNETES
  }

  /**
   * A part of a cluster.
   *
   * @param cluster as the worker knows it by name; never anybody's current context
   * @param manifests path in the repository of the objects that a release there consists of; null
   *     to have what is there patched, or something small made
   */
  public record Namespace(String cluster, String name, @Nullable String manifests) {
    /** The cluster of an environment that names none. */
    public static final String DEFAULT_CLUSTER = "default";

    /** One without manifests. */
    public Namespace(String cluster, String name) {
      this(cluster, name, null);
    }

    @Override
    public String toString() {
      return "namespace " + name + " of cluster " + cluster;
    }
  }

  /**
   * How the local target starts a replica.
   *
   * @param command program and arguments, started in the unpacked artifact
   * @param portVariable the variable that tells a replica its port
   * @param health the path that answers 200 when a replica may take traffic
   * @param smoke further paths that must not answer with an error (status below 400)
   * @param replicas how many run unless a step says otherwise
   * @param env the environment's configuration, which is part of the release
   */
  public record LocalRun(
      List<String> command,
      String portVariable,
      String health,
      List<String> smoke,
      int replicas,
      Map<String, String> env) {
    public LocalRun {
      command = List.copyOf(command);
      smoke = List.copyOf(smoke);
      env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
    }
  }

  /** Whether changing it asks a person unless the file or a policy says so elsewhere. */
  public boolean isProduction() {
    return name.equals(PRODUCTION);
  }
}
