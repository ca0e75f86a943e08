package dev.slipway.run;

import dev.slipway.environment.EnvironmentActivities;
import dev.slipway.environment.EnvironmentActivitiesContract;
import dev.slipway.environment.EnvironmentId;

/** The workflows' tests act on something that behaves like the real thing. */
class WorldContractTest extends EnvironmentActivitiesContract {
  private final EnvironmentActivities activities =
      new WorldActivities(Engine.shared(), () -> "test");
  private final EnvironmentId environment = Engine.shared().world().id("production");

  @Override
  protected EnvironmentActivities activities() {
    return activities;
  }

  @Override
  protected EnvironmentId environment() {
    return environment;
  }
}
