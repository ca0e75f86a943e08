package dev.slipway.action;

import java.util.List;
import java.util.Optional;

/** The actions that a pipeline may name. */
public final class ActionCatalog {
  private static final ActionCatalog BUILT_IN =
      new ActionCatalog(
          List.of(
              CommandSpecs.RUN,
              CommandSpecs.NPM_RUN_BUILD,
              CommandSpecs.NPM_RUN_TEST,
              CommandSpecs.HTTP_CHECK,
              FlowSpecs.PAUSE,
              ContainerSpecs.DOCKER_BUILD,
              ComposeSpecs.DOCKER_COMPOSE_TEST,
              ScanSpecs.TRIVY_SCAN,
              SignatureSpecs.SIGN,
              SignatureSpecs.VERIFY_SIGNATURE,
              DatabaseSpecs.DB_MIGRATION_CHECK,
              DatabaseSpecs.DB_MIGRATE,
              DeploymentSpecs.DEPLOY,
              DeploymentSpecs.ROLLOUT,
              DeploymentSpecs.HEALTH_CHECK,
              DeploymentSpecs.FRONTEND_PUBLISH,
              ClusterSpecs.K8S_DEPLOY,
              ClusterSpecs.K8S_ROLLOUT,
              ClusterSpecs.K8S_CANARY,
              ClusterSpecs.K8S_PREVIEW,
              ClusterSpecs.K8S_SWITCH,
              ClusterSpecs.K8S_HEALTH_CHECK));

  private final List<ActionSpec> specs;

  private ActionCatalog(List<ActionSpec> specs) {
    this.specs = specs;
  }

  /** The actions that come with the product. */
  public static ActionCatalog builtIn() {
    return BUILT_IN;
  }

  /** In the order of the reference. */
  public List<ActionSpec> specs() {
    return specs;
  }

  /** The action of that name. */
  public Optional<ActionSpec> find(String name) {
    return specs.stream().filter(spec -> spec.name().equals(name)).findFirst();
  }
}
