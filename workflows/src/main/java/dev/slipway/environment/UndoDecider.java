package dev.slipway.environment;

import dev.slipway.environment.UndoPlan.AskPerson;
import dev.slipway.environment.UndoPlan.MigrateDown;
import dev.slipway.environment.UndoPlan.RestoreApplication;
import dev.slipway.environment.UndoPlan.SwitchAssets;
import dev.slipway.environment.UndoPlan.UndoStep;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
      return plan(
          List.of(assets, application),
          now == null ? null : now.version(),
          "the schema was not changed");
    }
    var deployment = wanted.application();
    if (deployment == null) {
      return plan(
          List.of(assets, application),
          now.version(),
          "the schema stays at version %s: no older release needs another"
              .formatted(now.version()));
    }
    if (schema.proven()) {
      return plan(
          List.of(assets, application),
          now.version(),
          "the schema stays at version %s: release %d is proven on it"
              .formatted(now.version(), deployment.labels().release()));
    }
    var release = deployment.labels().release();
    if (!schema.reversible()) {
      var risk =
          "release %d would run on schema version %s, on which it was never seen to work"
              .formatted(release, now.version());
      return plan(
          List.of(assets, new AskPerson(null, List.of(risk)), application),
          now.version(),
          "the schema stays at version %s, since it can't go down: release %d is not proven on it"
              .formatted(now.version(), release));
    }
    var version = target == null ? "0" : target.version();
    var down =
        schema.losses().isEmpty()
            ? new MigrateDown(version)
            : new AskPerson(version, schema.losses());
    return plan(
        List.of(assets, down, application),
        version,
        "the schema goes from version %s down to %s: release %d is not proven on the newer one"
            .formatted(now.version(), version, release));
  }

  private static UndoPlan plan(List<UndoStep> steps, @Nullable String version, String text) {
    return new UndoPlan(steps, new SchemaOutcome(version, text));
  }
}
