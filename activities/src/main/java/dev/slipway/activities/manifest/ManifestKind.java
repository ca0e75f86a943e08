package dev.slipway.activities.manifest;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a release may consist of, in the order in which it is applied. */
public enum ManifestKind {
  CONFIG_MAP("", "v1", "ConfigMap", "configmaps"),
  SERVICE_ACCOUNT("", "v1", "ServiceAccount", "serviceaccounts"),
  SERVICE("", "v1", "Service", "services"),
  NETWORK_POLICY("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies"),
  DISRUPTION_BUDGET("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets"),
  AUTOSCALER("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers"),
  INGRESS("networking.k8s.io", "v1", "Ingress", "ingresses"),
  HTTP_ROUTE("gateway.networking.k8s.io", "v1", "HTTPRoute", "httproutes"),
  DEPLOYMENT("apps", "v1", "Deployment", "deployments");

  private final String group;
  private final String version;
  private final String kind;
  private final String plural;

  ManifestKind(String group, String version, String kind, String plural) {
    this.group = group;
    this.version = version;
    this.kind = kind;
    this.plural = plural;
  }

  /** The API group; empty for the core one. */
  public String group() {
    return group;
  }

  public String version() {
    return version;
  }

  public String kind() {
    return kind;
  }

  /** As the API's addresses and roles name it. */
  public String plural() {
    return plural;
  }

  String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  static Optional<ManifestKind> of(String apiVersion, String kind) {
    return Arrays.stream(values())
        .filter(one -> one.apiVersion().equals(apiVersion) && one.kind.equals(kind))
        .findFirst();
  }

  static String all() {
    return Arrays.stream(values())
        .map(one -> one.kind + " (" + one.apiVersion() + ")")
        .collect(Collectors.joining(", "));
  }
}
