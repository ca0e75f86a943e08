package dev.slipway.activities.kubernetes;

import dev.slipway.activities.manifest.ManifestKind;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.pipeline.EnvironmentSpec.Namespace;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The least that a worker has to be allowed for an environment: an account in its namespace, what
 * that account may do there, and to read which cluster it is.
 */
public final class Rbac {
  private static final String SYSTEM = "kube-system";
  private static final String API = "rbac.authorization.k8s.io";
  private static final String ALL = "";

  /** People read it; what YAML would take for something else than a text keeps its quotes. */
  private static final Pattern NEEDLESS_QUOTES =
      Pattern.compile("\"(?!(?:true|false|null|yes|no|on|off|y|n)\")([a-zA-Z][a-zA-Z0-9./-]*)\"");

  private Rbac() {}

  /**
   * As YAML documents, for {@code kubectl apply -f -}.
   *
   * @param routes whose weights give a candidate its share
   */
  public static String yaml(EnvironmentId environment, Namespace namespace, List<String> routes) {
    return objects(environment, namespace, routes).stream()
        .map(Serialization::asYaml)
        .map(text -> text.startsWith("---") ? text : "---\n" + text)
        .map(text -> NEEDLESS_QUOTES.matcher(text).replaceAll("$1"))
        .collect(Collectors.joining());
  }

  /** The account's name in the namespace. */
  public static String account(EnvironmentId environment) {
    return Marks.lease(environment.application());
  }

  static List<HasMetadata> objects(
      EnvironmentId environment, Namespace namespace, List<String> routes) {
    var name = account(environment);
    var identity = name + "-" + namespace.name();
    return List.of(
        new ServiceAccountBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(namespace.name())
            .withLabels(Marks.labels(environment))
            .endMetadata()
            .build(),
        role(environment, name, namespace.name(), rules(environment, namespace, routes)),
        binding(environment, name, namespace.name(), name, namespace.name()),
        role(
            environment,
            identity,
            SYSTEM,
            List.of(only(rule(ALL, "namespaces", "get"), List.of(SYSTEM)))),
        binding(environment, identity, SYSTEM, name, namespace.name()));
  }

  /** Those for manifests and routes only where there are some. */
  private static List<PolicyRule> rules(
      EnvironmentId environment, Namespace namespace, List<String> routes) {
    var minimal =
        Stream.of(
            rule("apps", "deployments", "get", "list", "watch", "create", "patch", "delete"),
            rule("apps", "replicasets", "get", "list", "watch"),
            rule(ALL, "pods", "get", "list", "watch"),
            rule(ALL, "pods/log", "get"),
            rule(ALL, "events", "list"),
            rule(ALL, "services", "get", "list", "create", "patch", "delete"),
            rule(ALL, "services/proxy", "get"),
            rule("discovery.k8s.io", "endpointslices", "list"),
            rule("autoscaling", "horizontalpodautoscalers", "list"),
            rule("coordination.k8s.io", "leases", "create"),
            only(
                rule("coordination.k8s.io", "leases", "get", "update"),
                List.of(Marks.lease(environment.application()))));
    return Stream.of(
            minimal,
            namespace.manifests() == null ? Stream.<PolicyRule>empty() : parts(),
            routes.isEmpty()
                ? Stream.<PolicyRule>empty()
                : Stream.of(
                    only(rule("gateway.networking.k8s.io", "httproutes", "get", "patch"), routes)))
        .flatMap(rules -> rules)
        .toList();
  }

  private static Stream<PolicyRule> parts() {
    return Arrays.stream(ManifestKind.values())
        .filter(kind -> kind != ManifestKind.DEPLOYMENT && kind != ManifestKind.SERVICE)
        .map(kind -> rule(kind.group(), kind.plural(), "get", "list", "create", "patch", "delete"));
  }

  private static PolicyRule rule(String group, String resource, String... verbs) {
    return new PolicyRuleBuilder()
        .withApiGroups(group)
        .withResources(resource)
        .withVerbs(verbs)
        .build();
  }

  private static PolicyRule only(PolicyRule rule, List<String> names) {
    return new PolicyRuleBuilder(rule).withResourceNames(names).build();
  }

  private static HasMetadata role(
      EnvironmentId environment, String name, String namespace, List<PolicyRule> rules) {
    return new RoleBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(namespace)
        .withLabels(Marks.labels(environment))
        .endMetadata()
        .withRules(rules)
        .build();
  }

  private static HasMetadata binding(
      EnvironmentId environment,
      String name,
      String namespace,
      String account,
      String accountNamespace) {
    return new RoleBindingBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(namespace)
        .withLabels(Marks.labels(environment))
        .endMetadata()
        .withNewRoleRef(API, "Role", name)
        .addNewSubject()
        .withKind("ServiceAccount")
        .withName(account)
        .withNamespace(accountNamespace)
        .endSubject()
        .build();
  }
}
