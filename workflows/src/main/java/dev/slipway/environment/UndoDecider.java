package dev.slipway.environment;

import dev.slipway.environment.UndoPlan.AskPerson;
import dev.slipway.environment.UndoPlan.MigrateDown;
import dev.slipway.environment.UndoPlan.RestoreApplication;
import dev.slipway.environment.UndoPlan.SwitchAssets;
import dev.slipway.environment.UndoPlan.UndoStep;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides every way back: failure, cancel, expiry and rollback ask here alone.
 *
 * <p>Entry points go back first, since an old frontend works with a new backend's neighbour release
 * but a new one need not work with the old. Then the application. The schema stays whenever it may;
 * when it has to go down it does so before the application, which was never seen to work on the
 * newer one.
 */
public final class UndoDecider {
  private UndoDecider() {}

  /**
   * The steps back to an earlier state.
   *
   * @param wanted the state that is to be again
   * @param schema how the schema stands to it
   */
  public static UndoPlan decide(EnvironmentState wanted, SchemaStanding schema) {
    var assets = new SwitchAssets(wanted.assets());
    var application = new RestoreApplication(wanted.application());
    var now = schema.now();
    var target = schema.wanted();
    if (now == null || (target != null && now.equals(target))) {
      return new UndoPlan(List.of(assets, application), "the schema was not changed");
    }
    var deployment = wanted.application();
    if (deployment == null) {
      return new UndoPlan(
          List.of(assets, application),
          "the schema stays at version %s: no older release needs another"
              .formatted(now.version()));
    }
    if (schema.proven()) {
      return new UndoPlan(
          List.of(assets, application),
          "the schema stays at version %s: release %d is proven on it"
              .formatted(now.version(), deployment.labels().release()));
    }
    var version = target == null ? "0" : target.version();
    var steps = new ArrayList<UndoStep>();
    steps.add(assets);
    if (!schema.reversible()) {
      steps.add(
          new AskPerson(
              null,
              List.of(
                  "release %d would run on schema version %s, on which it was never seen to work"
                      .formatted(deployment.labels().release(), now.version()))));
    } else if (!schema.losses().isEmpty()) {
      steps.add(new AskPerson(version, schema.losses()));
    } else {
      steps.add(new MigrateDown(version));
    }
    steps.add(application);
    return new UndoPlan(
        steps,
        "the schema goes from version %s down to %s: release %d is not proven on the newer one"
            .formatted(now.version(), version, deployment.labels().release()));
  }
}
