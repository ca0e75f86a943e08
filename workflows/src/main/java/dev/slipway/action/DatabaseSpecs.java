package dev.slipway.action;

import static dev.slipway.action.ParamSpec.choice;
import static dev.slipway.action.ParamSpec.optional;

import dev.slipway.action.ActionSpec.Effect;
import java.time.Duration;
import java.util.List;

/** Actions on a database's schema. */
public final class DatabaseSpecs {
  private static final ParamSpec DIRECTORY =
      optional(
          "directory",
          ParamType.PATH,
          "db/migrations",
          "Where V<version>__<name>.sql and its undo U<version>__<name>.sql stand.");

  public static final ActionSpec DB_MIGRATION_CHECK =
      new ActionSpec(
          "db_migration_check",
          "Proves on a scratch PostgreSQL that every migration can be undone, and watches what it"
              + " drops, rewrites, locks and deletes.",
          List.of(
              DIRECTORY,
              optional(
                  "accept",
                  ParamType.TEXT_LIST,
                  null,
                  "Versions whose loss of data a person has looked at and accepts."),
              choice("direction", List.of("up"), "up", "The direction that is to be proven."),
              optional(
                  "dryRun",
                  ParamType.FLAG,
                  "true",
                  "Always true: the check never touches an environment's database.")),
          Duration.ofMinutes(2),
          List.of(),
          Effect.NONE);

  public static final ActionSpec DB_MIGRATE =
      new ActionSpec(
          "db_migrate",
          "Migrates the environment's database and proves that the live release still works on the"
              + " new schema.",
          List.of(DIRECTORY),
          Duration.ofMinutes(5),
          List.of(),
          Effect.MIGRATES);

  private DatabaseSpecs() {}
}
