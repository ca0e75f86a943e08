package dev.slipway.activities.run;

import dev.slipway.action.FailureType;
import dev.slipway.activities.database.check.LiveVersions;
import dev.slipway.activities.database.script.Version;
import dev.slipway.activities.environment.Ledger;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.util.ArrayList;

/** The schema versions that live, by the ledger. */
public final class LiveSchemas implements LiveVersions {
  private final Ledger ledger;

  public LiveSchemas(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public Version lowest(String application) throws StepFailedException {
    try {
      var versions = new ArrayList<Version>();
      for (var environment : ledger.environments(application)) {
        var live = ledger.view(environment).live();
        if (live.isPresent() && live.get().state().schema() != null) {
          versions.add(Version.of(live.get().state().schema().version()));
        }
      }
      return versions.stream().min(Version::compareTo).orElse(Version.NONE);
    } catch (IOException e) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "the ledger can't be read: " + e.getMessage(),
          "See `slipway doctor`.",
          e);
    }
  }
}
