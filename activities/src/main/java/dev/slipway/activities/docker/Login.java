package dev.slipway.activities.docker;

import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who somebody is to a registry; it is never shown.
 *
 * @param registry its host
 */
record Login(String registry, String username, String password) {
  /**
   * @throws StepFailedException CONFIGURATION, when only one of both is there
   */
  static Optional<Login> of(String repository, @Nullable String username, @Nullable String password)
      throws StepFailedException {
    if (username == null && password == null) {
      return Optional.empty();
    }
    if (username == null || password == null || username.isEmpty() || password.isEmpty()) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "there is only one of `username` and `password` for " + repository,
          "Give both, or neither for a registry without a login.");
    }
    return Optional.of(new Login(Registry.of(repository).host(), username, password));
  }

  @Override
  public String toString() {
    return "a login to " + registry;
  }
}
