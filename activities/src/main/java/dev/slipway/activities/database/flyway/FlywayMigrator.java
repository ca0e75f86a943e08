package dev.slipway.activities.database.flyway;

import dev.slipway.activities.database.script.Migration;
import dev.slipway.activities.database.script.SqlFailedException;
import dev.slipway.activities.database.script.SqlFailure;
import dev.slipway.activities.database.script.SqlStatement;
import dev.slipway.activities.database.script.Version;
import dev.slipway.activities.database.session.SessionSource;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.internal.sqlscript.FlywaySqlScriptException;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/**
 * Applies migrations with Flyway: each in its transaction, together with its row in the history. It
 * sees copies of the up files alone, so that nothing else beside them is ever run, and the text of
 * the files as it is, without placeholders.
 */
public final class FlywayMigrator implements AutoCloseable {
  private static final int LOCK_TRIES = 10;

  private final List<Migration> migrations;
  private final Path folder;

  private FlywayMigrator(List<Migration> migrations, Path folder) {
    this.migrations = migrations;
    this.folder = folder;
  }

  /**
   * Prepares these migrations.
   *
   * @param temp where the copies are put; whoever cleans it up after a crash cleans them up as well
   */
  public static FlywayMigrator of(List<Migration> migrations, Path temp) throws IOException {
    var folder = Files.createTempDirectory(temp, "migrations-");
    for (var migration : migrations) {
      Files.writeString(folder.resolve(migration.up().name()), migration.up().text());
    }
    return new FlywayMigrator(List.copyOf(migrations), folder);
  }

  /**
   * Applies what is pending up to a version.
   *
   * @throws SqlFailedException when a statement failed; nothing of its migration is left unless it
   *     ran outside of a transaction
   */
  public void migrate(SessionSource database, Version target, MigrationWatcher watcher)
      throws SqlFailedException, StepFailedException, SQLException {
    var configuration =
        Flyway.configure()
            .dataSource(database)
            .locations("filesystem:" + folder)
            .table(FlywayHistory.TABLE)
            .target(MigrationVersion.fromVersion(target.text()))
            .placeholderReplacement(false)
            .validateOnMigrate(true)
            .validateMigrationNaming(true)
            .outOfOrder(false)
            .baselineOnMigrate(true)
            .baselineVersion("0")
            .cleanDisabled(true)
            .skipDefaultCallbacks(true)
            .lockRetryCount(LOCK_TRIES)
            .connectRetries(0)
            .outputQueryResults(false)
            .callbacks(new Watching(watcher));
    // With its transactional lock Flyway keeps a second transaction open, for which CREATE INDEX
    // CONCURRENTLY waits for ever, and writes its history outside of the migration's transaction.
    Objects.requireNonNull(
            configuration.getPluginRegister().getExact(PostgreSQLConfigurationExtension.class))
        .setTransactionalLock(false);
    try {
      configuration.load().migrate();
    } catch (FlywayException e) {
      throw translated(e);
    }
  }

  private FlywayException translated(FlywayException e)
      throws SqlFailedException, StepFailedException, SQLException {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case WatcherException watcher when watcher.getCause() instanceof StepFailedException f ->
            throw f;
        case WatcherException watcher when watcher.getCause() instanceof SQLException f -> throw f;
        case FlywaySqlScriptException script
            when script.getCause() instanceof SQLException failure -> {
          var file = file(script);
          throw new SqlFailedException(
              SqlFailure.of(
                  file,
                  new SqlStatement(
                      Objects.requireNonNullElse(script.getStatement(), ""),
                      script.getLineNumber()),
                  failure),
              failure);
        }
        case SQLException failure -> throw failure;
        default -> {}
      }
    }
    return e;
  }

  private static String file(FlywaySqlScriptException script) {
    var resource = script.getResource();
    return resource == null ? "migration" : resource.getFilename();
  }

  private Migration migration(Context context) {
    var version = Version.of(context.getMigrationInfo().getVersion().getVersion());
    return migrations.stream()
        .filter(migration -> migration.version().equals(version))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no migration " + version));
  }

  @Override
  public void close() throws IOException {
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private final class Watching implements Callback {
    private final MigrationWatcher watcher;

    Watching(MigrationWatcher watcher) {
      this.watcher = watcher;
    }

    @Override
    public boolean supports(Event event, Context context) {
      return event == Event.BEFORE_EACH_MIGRATE || event == Event.AFTER_EACH_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
      return true;
    }

    @Override
    public void handle(Event event, Context context) {
      try {
        if (event == Event.BEFORE_EACH_MIGRATE) {
          watcher.before(context.getConnection(), migration(context));
        } else {
          watcher.after(context.getConnection(), migration(context));
        }
      } catch (SQLException | StepFailedException e) {
        throw new WatcherException(e);
      }
    }

    @Override
    public String getCallbackName() {
      return "slipway";
    }
  }

  /** Carries what a watcher threw through Flyway. */
  private static final class WatcherException extends RuntimeException {
    WatcherException(Exception cause) {
      super(cause);
    }
  }
}
