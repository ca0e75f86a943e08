package dev.slipway.activities.run;

import dev.slipway.activities.database.check.LiveVersions;
import dev.slipway.activities.database.script.Version;
import dev.slipway.activities.environment.Ledger;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The schema versions that live, by the ledger. */
public final class LiveSchemas implements LiveVersions {
  private final Ledger ledger;

  public LiveSchemas(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public Version lowest(String application, List<String> environments) throws StepFailedException {
    var versions = new ArrayList<Version>();
    for (var name : environments) {
      versions.add(version(new EnvironmentId(application, name)));
    }
    return versions.stream().min(Version::compareTo).orElse(Version.NONE);
  }

  private Version version(EnvironmentId environment) throws StepFailedException {
    try {
      return ledger.view(environment).schemaVersion().flatMap(Version::parse).orElse(Version.NONE);
    } catch (IOException e) {
      throw Ledger.unreadable(e);
    }
  }
}
