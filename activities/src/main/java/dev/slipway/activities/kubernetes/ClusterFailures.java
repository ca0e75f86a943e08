package dev.slipway.activities.kubernetes;

import dev.slipway.action.FailureType;
import dev.slipway.activities.process.CleanText;
import dev.slipway.step.StepFailedException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What a cluster says when something went wrong, as a failure with its type. */
final class ClusterFailures {
  /** The client's codes for a call without an answer are 0 and below. */
  static final int NO_ANSWER = 0;

  private static final int LONGEST = 500;

  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "User \"([^\"]*)\" cannot (\\S+) resource \"([^\"]+)\" in API group \"([^\"]*)\""
              + "(?: in the namespace \"([^\"]*)\")?");

  private static final Pattern NAMESPACE = Pattern.compile("namespaces \"([^\"]+)\" not found");

  private ClusterFailures() {}

  static StepFailedException of(String cluster, KubernetesClientException cause) {
    var said = said(cause);
    if (cause.getCode() <= NO_ANSWER) {
      return unreachable(cluster, cause);
    }
    return switch (cause.getCode()) {
      case 401 ->
          failure(
              FailureType.CONFIGURATION,
              "cluster %s does not accept the credentials that it was added with: %s"
                  .formatted(cluster, said),
              "Add it again with valid ones: " + addition(cluster),
              cause);
      case 403 -> forbidden(cluster, said, cause);
      case 404 -> missing(cluster, said, cause);
      case 409 ->
          failure(
              FailureType.CONFLICT,
              "cluster %s: %s".formatted(cluster, said),
              "Somebody else changes the same object; see what it is, and try again.",
              cause);
      case 400, 405, 415, 422 ->
          failure(
              FailureType.CONFIGURATION,
              "cluster %s does not take what it was asked: %s".formatted(cluster, said),
              "Mend what the message names, in the step's parameters or in the manifests.",
              cause);
      default ->
          failure(
              FailureType.TRANSIENT,
              "cluster %s answered %d: %s".formatted(cluster, cause.getCode(), said),
              "Look at the cluster's control plane.",
              cause);
    };
  }

  private static StepFailedException unreachable(String cluster, KubernetesClientException cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof SSLException) {
        return failure(
            FailureType.CONFIGURATION,
            "the connection to cluster %s is not trusted: %s"
                .formatted(cluster, shortened(at.getMessage())),
            "Add it again with the right certificate authority: " + addition(cluster),
            cause);
      }
    }
    return failure(
        FailureType.TRANSIENT,
        "cluster %s does not answer: %s".formatted(cluster, root(cause)),
        "Is its API server up, and can this worker reach it?",
        cause);
  }

  private static StepFailedException forbidden(
      String cluster, String said, KubernetesClientException cause) {
    var access = FORBIDDEN.matcher(said);
    if (access.find()) {
      var group = access.group(4).isEmpty() ? "" : "." + access.group(4);
      return failure(
          FailureType.CONFIGURATION,
          "%s may not %s %s%s in %s of cluster %s"
              .formatted(
                  access.group(1),
                  access.group(2),
                  access.group(3),
                  group,
                  access.group(5) == null ? "the whole" : "namespace " + access.group(5),
                  cluster),
          "`slipway rbac ENVIRONMENT` prints the rules that are needed; have them applied.",
          cause);
    }
    return failure(
        FailureType.CONFIGURATION,
        "cluster %s forbids it: %s".formatted(cluster, said),
        "See what the message names: a quota, a policy, or a namespace that is being deleted.",
        cause);
  }

  private static StepFailedException missing(
      String cluster, String said, KubernetesClientException cause) {
    var namespace = NAMESPACE.matcher(said);
    if (namespace.find()) {
      return unknownNamespace(cluster, namespace.group(1));
    }
    return failure(
        FailureType.CONFIGURATION,
        "cluster %s has no such thing: %s".formatted(cluster, said),
        "Is it a cluster of a supported version, and the environment's `namespace` right?",
        cause);
  }

  static StepFailedException unknownNamespace(String cluster, String namespace) {
    return new StepFailedException(
        FailureType.CONFIGURATION,
        "cluster %s has no namespace %s".formatted(cluster, namespace),
        "Correct the environment's `namespace`, or make it: kubectl create namespace " + namespace);
  }

  /** The command that makes a cluster known. */
  static String addition(String cluster) {
    return "slipway cluster add %s --kubeconfig FILE --context CONTEXT".formatted(cluster);
  }

  private static StepFailedException failure(
      FailureType type, String happened, String advice, Exception cause) {
    return new StepFailedException(type, happened, advice, cause);
  }

  /** The server's own words, without the client's around them. */
  static String said(KubernetesClientException cause) {
    var status = cause.getStatus();
    return shortened(
        status != null && status.getMessage() != null ? status.getMessage() : cause.getMessage());
  }

  private static String root(Throwable cause) {
    var root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return shortened(
        root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage());
  }

  /** One line that can be shown. */
  static String shortened(@Nullable String text) {
    var line = CleanText.of(String.valueOf(text).replaceAll("\\s+", " ").strip());
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
