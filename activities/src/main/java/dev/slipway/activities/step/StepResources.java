package dev.slipway.activities.step;

import dev.slipway.activities.home.Home;
import dev.slipway.activities.process.BaseEnvironment;
import dev.slipway.activities.secret.Secrets;
import dev.slipway.activities.store.Store;

/** What a worker gives to every step that it performs. */
public record StepResources(
    Home home,
    Store store,
    Secrets secrets,
    BaseEnvironment environment,
    EnvironmentUrls environmentUrls) {}
