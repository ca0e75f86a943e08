package dev.slipway.activities.database.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.action.FailureType;
import dev.slipway.activities.database.TestDatabases;
import dev.slipway.activities.database.TestStep;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DbMigrateTest {
  private static final String[] PRODUCTS = {
    "1", "CREATE TABLE products (id int PRIMARY KEY, name text)", "DROP TABLE products"
  };
  private static final String[] RENAME = {
    "2",
    "ALTER TABLE products RENAME COLUMN name TO title",
    "ALTER TABLE products RENAME COLUMN title TO name"
  };
  private static final Path EXAMPLES = Path.of("..", "examples");

  private static TestDatabases databases;
  @TempDir private Path folder;
  private Shop shop;

  @BeforeAll
  static void start() throws Exception {
    databases = TestDatabases.start();
  }

  @AfterAll
  static void stop() throws Exception {
    databases.close();
  }

  @BeforeEach
  void fresh() throws Exception {
    shop = new Shop("production", databases.fresh(), folder);
  }

  @Test
  void migratesFromNothingOnce() throws Exception {
    var first = shop.migrate(with(PRODUCTS));
    var again = shop.migrate(with(PRODUCTS));

    assertThat(first.summary()).isEqualTo("schema 0 -> 1 (1 migration), nothing runs on it yet");
    assertThat(first.outputs())
        .containsEntry("version", "1")
        .containsEntry("from", "0")
        .containsEntry("fingerprint", shop.schema().fingerprint().text());
    assertThat(again.summary()).isEqualTo("schema at 1, nothing to migrate");
    assertThat(shop.value("SELECT down_sql FROM slipway.migrations")).isEqualTo(PRODUCTS[2]);
  }

  @Test
  void theShopsOwnMigrationsGoUpAndTheStorysOnTop() throws Exception {
    var shopStep = shop.step();
    copy(shopStep, EXAMPLES.resolve("storefront/db/migrations"));
    assertThat(shop.perform(shopStep).outputs()).containsEntry("version", "2");
    shop.runs(2, "SELECT price_cents FROM products JOIN order_lines ON product_id = id");
    var before = shop.schema();

    var story = shop.step();
    copy(story, EXAMPLES.resolve("storefront/db/migrations"));
    copy(story, EXAMPLES.resolve("story/3-recommendations/overlay/db/migrations"));
    assertThat(shop.perform(story).summary())
        .isEqualTo("schema 2 -> 3 (1 migration), release 2 proven on it");

    assertThat(shop.standing(2, before).proven()).isTrue();
    shop.down(before);
    assertThat(shop.schema()).isEqualTo(before);
  }

  @Test
  void aMigrationThatTheLiveReleaseDoesNotBearIsUnhealthyAndStaysUntilSomebodyGoesBack()
      throws Exception {
    shop.migrate(with(PRODUCTS));
    shop.runs(7, "SELECT name FROM products");
    var before = shop.schema();

    var failure = refused(with(PRODUCTS, RENAME));

    assertThat(failure.type()).isEqualTo(FailureType.UNHEALTHY);
    assertThat(failure.happened())
        .isEqualTo("migration 2 breaks the live release 7: replica 1: /api/products answered 500");
    assertThat(shop.schema().version()).isEqualTo("2");
    assertThat(shop.standing(7, before).proven()).isFalse();
    shop.found(before);
    assertThat(refused(with(PRODUCTS, RENAME)).type()).isEqualTo(FailureType.UNHEALTHY);
    shop.down(before);
    assertThat(shop.schema()).isEqualTo(before);
  }

  @Test
  void aReleaseIsProvenOnASchemaOnce() throws Exception {
    shop.runs(7, "SELECT 1");
    shop.found(shop.schema());

    shop.migrate(with(PRODUCTS));
    shop.migrate(with(PRODUCTS));
    assertThat(shop.live.probes()).as("one before and one after").isEqualTo(2);

    shop.runs(8, "SELECT 1");
    var outcome = shop.migrate(with(PRODUCTS));
    assertThat(shop.live.probes()).isEqualTo(3);
    assertThat(outcome.summary()).endsWith("release 8 proven on it");
  }

  @Test
  void aLiveReleaseThatIsSickDoesNotKeepItsOwnRemedyAway() throws Exception {
    shop.migrate(with(PRODUCTS));
    shop.runs(7, "SELECT 1 / 0");

    assertThat(shop.migrate(with(PRODUCTS)).summary()).isEqualTo("schema at 1, nothing to migrate");
    var before = shop.schema();
    assertThat(shop.migrate(with(PRODUCTS, RENAME)).summary())
        .isEqualTo(
            "schema 1 -> 2 (1 migration), nothing proven: the live release did not work before");
    assertThat(shop.standing(7, before).proven()).isFalse();
  }

  @Test
  void whatHasNoWayBackIsNotApplied() throws Exception {
    var failure = refused("1", PRODUCTS[1], "");

    assertThat(failure.type()).isEqualTo(FailureType.FINDINGS);
    assertThat(failure.happened()).contains("U1__step.sql");
    assertThat(shop.schema().version()).isEqualTo("0");
  }

  @Test
  void anAppliedMigrationThatWasChangedIsRefused() throws Exception {
    shop.migrate(with(PRODUCTS));

    var failure = refused("1", PRODUCTS[1] + ";CREATE TABLE more ()", PRODUCTS[2]);

    assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(failure.happened()).contains("V1__step.sql");
  }

  @Test
  void aCommitThatLacksWhatIsAppliedIsRefused() throws Exception {
    shop.migrate(with(PRODUCTS, RENAME));

    var failure = refused(PRODUCTS);

    assertThat(failure.type()).isEqualTo(FailureType.CONFLICT);
    assertThat(failure.happened()).contains("V2__step.sql was applied");
  }

  @Test
  void aLowerTokenIsRefusedAndChangesNothing() throws Exception {
    shop.token(5).migrate(with(PRODUCTS));

    shop.token(4);
    var failure = refused(with(PRODUCTS, RENAME));

    assertThat(failure.type()).isEqualTo(FailureType.CONFLICT);
    assertThat(shop.schema().version()).isEqualTo("1");
  }

  @Test
  void productionGetsOnlyWhatStagingHasHad() throws Exception {
    var staging = new Shop("staging", shop.database, folder);
    var production = new Shop("production", databases.fresh(), folder);
    // Both logins differ, so production reads staging's database by a URL without secrets.
    production.after(withPassword(staging));
    staging.migrate(with(PRODUCTS));
    shop = production;

    assertThat(shop.migrate(with(PRODUCTS)).outputs()).containsEntry("version", "1");
    var failure = refused(with(PRODUCTS, RENAME));
    assertThat(failure.type()).isEqualTo(FailureType.FINDINGS);
    assertThat(failure.happened()).isEqualTo("staging has not had V2__step.sql");

    staging.migrate(with(PRODUCTS, RENAME));
    assertThat(shop.migrate(with(PRODUCTS, RENAME)).outputs()).containsEntry("version", "2");
  }

  @Test
  void aMigrationWhoseSessionDiesLeavesNothingAndGoesUpTheNextTime() throws Exception {
    var dying =
        new String[] {
          "2",
          "INSERT INTO products VALUES (1); SELECT pg_terminate_backend(pg_backend_pid())",
          "DELETE FROM products"
        };
    shop.migrate(with(PRODUCTS));

    assertThat(refused(with(PRODUCTS, dying)).type()).isEqualTo(FailureType.TRANSIENT);

    assertThat(shop.schema().version()).isEqualTo("1");
    assertThat(shop.value("SELECT count(*) FROM slipway.migrations")).isEqualTo("1");
    assertThat(shop.value("SELECT count(*) FROM products")).isEqualTo("0");
    assertThat(shop.migrate(with(PRODUCTS, RENAME)).outputs()).containsEntry("version", "2");
  }

  @Test
  void whatRanOutsideOfATransactionAndWasKilledIsTakenBackAndDoneAgain() throws Exception {
    shop.migrate(with(PRODUCTS));
    shop.execute("INSERT INTO products VALUES (1, 'a'), (2, 'a')");
    var unique =
        new String[] {
          "2",
          "CREATE UNIQUE INDEX CONCURRENTLY names ON products (name)",
          "DROP INDEX CONCURRENTLY names"
        };

    var failure = refused(with(PRODUCTS, unique));
    assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(shop.value("SELECT count(*) FROM pg_index WHERE NOT indisvalid")).isEqualTo("1");

    shop.execute("DELETE FROM products WHERE id = 2");
    assertThat(shop.migrate(with(PRODUCTS, unique)).outputs()).containsEntry("version", "2");
    assertThat(shop.value("SELECT count(*) FROM pg_index WHERE NOT indisvalid")).isEqualTo("0");
  }

  @Test
  void anInterruptionEndsTheStatementAndLeavesNothing() throws Exception {
    shop.migrate(with(PRODUCTS));
    var migrating = Thread.currentThread();
    shop.onProgress(migrating::interrupt);
    var slow = new String[] {"2", "CREATE TABLE slow (); SELECT pg_sleep(60)", "DROP TABLE slow"};

    Assertions.assertThrows(InterruptedException.class, () -> shop.migrate(with(PRODUCTS, slow)));

    assertThat(shop.schema().version()).isEqualTo("1");
    assertThat(shop.value("SELECT to_regclass('slow')")).isEqualTo("null");
  }

  @Test
  void aMigrationBelowTheNewestIsRefused() throws Exception {
    shop.migrate("1", PRODUCTS[1], PRODUCTS[2], "3", RENAME[1], RENAME[2]);

    var failure =
        refused(
            "1",
            PRODUCTS[1],
            PRODUCTS[2],
            "2",
            "CREATE TABLE a ()",
            "DROP TABLE a",
            "3",
            RENAME[1],
            RENAME[2]);

    assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(failure.happened()).contains("at version 3 already, too late for V2__step.sql");
  }

  @Test
  void aDatabaseThatHadTablesBeforeIsTakenOver() throws Exception {
    shop.execute("CREATE TABLE older (id int)");

    shop.migrate(with(PRODUCTS));

    assertThat(shop.migrate(with(PRODUCTS, RENAME)).outputs()).containsEntry("version", "2");
  }

  @Test
  void aLockThatSomebodyHoldsIsWaitedForBrieflyOnly() throws Exception {
    shop.migrate(with(PRODUCTS));
    try (var holder = TestDatabases.open(shop.database);
        var statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("LOCK TABLE products");

      assertThat(refused(with(PRODUCTS, RENAME)).type()).isEqualTo(FailureType.TRANSIENT);
    }
    assertThat(shop.schema().version()).isEqualTo("1");
  }

  @Test
  void theDatabasesPasswordIsInNoLogAndNoFailure() throws Exception {
    var outcome = shop.migrate(with(PRODUCTS));
    shop.runs(7, "SELECT name FROM products");
    var unhealthy = refused(with(PRODUCTS, RENAME));
    shop.execute("ALTER ROLE %s PASSWORD 'another one'".formatted(shop.database.user()));
    var refusal = Assertions.assertThrows(StepFailedException.class, () -> shop.schema());

    assertThat(refusal.failure().type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(String.join("\n", shop.log) + outcome + unhealthy + refusal.failure() + refusal)
        .contains("schema up")
        .doesNotContain(shop.database.password());
  }

  private StepFailure refused(String... migrations) {
    return Assertions.assertThrows(StepFailedException.class, () -> shop.migrate(migrations))
        .failure();
  }

  private static String[] with(String[]... migrations) {
    return Arrays.stream(migrations).flatMap(Arrays::stream).toArray(String[]::new);
  }

  private static EnvironmentSpec withPassword(Shop shop) {
    var spec = shop.spec();
    return new EnvironmentSpec(
        spec.name(),
        spec.target(),
        spec.run(),
        spec.url(),
        String.valueOf(spec.database()).replace("${secret:DB_PASSWORD}", shop.database.password()),
        spec.after(),
        spec.keepOnFailure(),
        null);
  }

  private static void copy(TestStep step, Path migrations) throws Exception {
    try (var files = Files.list(migrations)) {
      for (var file : files.toList()) {
        step.file(file.getFileName().toString(), Files.readString(file));
      }
    }
  }
}
