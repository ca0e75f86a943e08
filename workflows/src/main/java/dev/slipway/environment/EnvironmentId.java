package dev.slipway.environment;

/** Names an environment of an application. */
public record EnvironmentId(String application, String name) {
  /** The id of the workflow that guards it: {@code env/storefront/production}. */
  public String workflowId() {
    return "env/" + path();
  }

  /** {@code storefront/production}. */
  public String path() {
    return application + "/" + name;
  }

  @Override
  public String toString() {
    return path();
  }
}
