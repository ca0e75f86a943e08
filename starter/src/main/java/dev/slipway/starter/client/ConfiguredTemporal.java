package dev.slipway.starter.client;

import dev.slipway.starter.local.TroubleException;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Temporal as its own environment configuration names it. */
final class ConfiguredTemporal {
  private ConfiguredTemporal() {}

  /** The profile, if it names an address and {@code SLIPWAY_ENGINE} asks for no other engine. */
  static Optional<ClientConfigProfile> of(Map<String, String> env) throws TroubleException {
    var asked = env.getOrDefault("SLIPWAY_ENGINE", "");
    if (!asked.isBlank() && !asked.equals("auto") && !asked.equals("configured")) {
      return Optional.empty();
    }
    try {
      var profile =
          ClientConfigProfile.load(
              LoadClientConfigProfileOptions.newBuilder().setEnvOverrides(env).build());
      var address = profile.getAddress();
      return address == null || address.isBlank() ? Optional.empty() : Optional.of(profile);
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw new TroubleException(
          TroubleException.Kind.INPUT,
          "Temporal's configuration can't be read: " + e.getMessage(),
          "mend the file that TEMPORAL_CONFIG_FILE and TEMPORAL_PROFILE name",
          e);
    }
  }
}
