package dev.slipway.activities.database.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.action.FailureType;
import dev.slipway.activities.database.TestStep;
import dev.slipway.activities.database.check.Observation.Effect;
import dev.slipway.activities.database.postgres.TestHome;
import dev.slipway.activities.database.script.Version;
import dev.slipway.json.Json;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepOutcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DbMigrationCheckTest {
  private static final String ORDERS =
      """
      CREATE TABLE orders (
        id int PRIMARY KEY,
        status text NOT NULL CHECK (status IN ('new', 'paid')),
        note varchar(20));
      CREATE INDEX orders_by_note ON orders (note);
      """;

  @TempDir private Path workspace;
  private TestStep step;

  @BeforeEach
  void prepare() throws Exception {
    step = new TestStep(workspace).migration(1, ORDERS, "DROP TABLE orders");
  }

  @Test
  void migrationsThatGoUpDownAndUpAgainPass() throws Exception {
    step.migration(
        2, "ALTER TABLE orders ADD COLUMN total int", "ALTER TABLE orders DROP COLUMN total");
    step.migration(10, "CREATE VIEW paid AS SELECT id FROM orders", "DROP VIEW paid");

    var outcome = check();

    assertThat(outcome.outputs()).containsEntry("version", "10").containsKey("fingerprint");
    assertThat(outcome.artifacts())
        .singleElement()
        .extracting("name")
        .isEqualTo("migration-report");
    assertThat(report().findings()).isEmpty();
    assertThat(seen(2)).contains(new Observation(Effect.BLOCKS_READS, "public.orders", ""));
    assertThat(TestHome.shared().resolve("scratch")).isEmptyDirectory();
  }

  @Test
  void whatAMigrationDropsIsSeenAlsoInsideOfCode() throws Exception {
    step.migration(
        2,
        "DO $$ BEGIN EXECUTE 'ALTER TABLE orders DROP ' || 'COLUMN note'; END $$",
        "ALTER TABLE orders ADD COLUMN note varchar(20); CREATE INDEX orders_by_note ON orders"
            + " (note)");
    step.migration(3, "DROP TABLE orders", ORDERS);

    assertThat(findings())
        .contains(
            "V2__step.sql drops public.orders.note (a column); no way back brings that again",
            "U2__step.sql does not give back the rows of public.orders as they were before"
                + " V2__step.sql",
            "V3__step.sql drops public.orders (a table); no way back brings that again");
    assertThat(seen(2))
        .contains(new Observation(Effect.DROPS_DATA, "public.orders.note", "a column"));
  }

  @Test
  void aLossThatAPersonAcceptsIsANote() throws Exception {
    step.migration(
        2,
        "ALTER TABLE orders DROP COLUMN note",
        "ALTER TABLE orders ADD COLUMN note varchar(20); CREATE INDEX orders_by_note ON orders"
            + " (note)");

    step.accept("2");

    assertThat(check().summary()).startsWith("2 migrations");
    assertThat(report().migrations().getLast().notes())
        .anyMatch(note -> note.startsWith("accepted: V2__step.sql drops public.orders.note"));
  }

  @Test
  void deletedRowsAreSeenAlsoWhenTheConditionMeetsNone() throws Exception {
    step.migration(2, "DO $$ BEGIN DELETE FROM orders; END $$", "SELECT 1");
    step.migration(3, "DELETE FROM orders WHERE note = 'nobody has this'", "SELECT 1");
    step.migration(4, "TRUNCATE orders", "SELECT 1");
    step.migration(
        5,
        "ALTER TABLE orders DISABLE TRIGGER USER; DELETE FROM orders; ALTER TABLE orders ENABLE"
            + " TRIGGER USER",
        "SELECT 1");

    assertThat(findings())
        .contains(
            "V2__step.sql deletes rows of public.orders (1 deleted here); no way back brings that"
                + " again",
            "V3__step.sql deletes rows of public.orders (0 deleted here); no way back brings that"
                + " again",
            "V4__step.sql deletes rows of public.orders (all of them); no way back brings that"
                + " again",
            "V5__step.sql deletes rows of public.orders (1 deleted here); no way back brings that"
                + " again");
  }

  @Test
  void rewritesAndLocksAreReportedAndDoNotBlock() throws Exception {
    step.migration(
        2,
        "ALTER TABLE orders ALTER COLUMN id TYPE bigint",
        "ALTER TABLE orders ALTER COLUMN id TYPE int");
    step.migration(3, "CREATE INDEX more ON orders (status)", "DROP INDEX more");
    step.migration(4, "LOCK TABLE orders IN EXCLUSIVE MODE", "SELECT 1");

    check();

    assertThat(seen(2))
        .contains(
            new Observation(Effect.REWRITES, "public.orders", "a column changes its type"),
            new Observation(Effect.BLOCKS_READS, "public.orders", ""));
    assertThat(seen(3)).containsExactly(new Observation(Effect.BLOCKS_WRITES, "public.orders", ""));
    assertThat(seen(4)).containsExactly(new Observation(Effect.BLOCKS_WRITES, "public.orders", ""));
  }

  @Test
  void aDownMustBeThereAndRestoreEverything() throws Exception {
    step.file("V2__step.sql", "CREATE TABLE lonely (id int)");
    step.migration(
        3,
        "ALTER TABLE orders ADD COLUMN a int, ADD COLUMN b int",
        "ALTER TABLE orders DROP COLUMN a");
    step.migration(4, "ALTER TABLE orders ADD COLUMN c int", "ALTER TABLE orders DROP COLUMN d");
    step.migration(5, "UPDATE orders SET note = 'changed'; SELECT 1", "SELECT 1");
    step.migration(6, "CREATE TABLE fine (id int)", "DROP TABLE fine; DELETE FROM orders");

    assertThat(findings())
        .containsExactly(
            "V2__step.sql has no U2__step.sql to take it back",
            "U3__step.sql does not restore the schema: left over: column public.orders.b integer",
            "U4__step.sql, line 1: column \"d\" of relation \"orders\" does not exist",
            "U5__step.sql does not give back the rows of public.orders as they were before"
                + " V5__step.sql",
            "U6__step.sql deletes rows of public.orders, which was there before V6__step.sql",
            "U6__step.sql does not give back the rows of public.orders as they were before"
                + " V6__step.sql");
  }

  @Test
  void aDownThatOnlyAnEmptyDatabaseStandsIsFound() throws Exception {
    step.migration(
        2,
        "CREATE TABLE carts (id int PRIMARY KEY, size int NOT NULL)",
        "DO $$ BEGIN IF EXISTS (SELECT FROM carts) THEN RAISE EXCEPTION 'carts are in use'; END IF;"
            + " END $$;DROP TABLE carts");

    assertThat(findings()).containsExactly("U2__step.sql, line 1: carts are in use");
  }

  @Test
  void whatCanNotBeSeededIsNotProven() throws Exception {
    step.migration(
        2,
        "CREATE TABLE odd (id int PRIMARY KEY, code text NOT NULL CHECK (md5(code) LIKE"
            + " 'ffffff%'))",
        "DROP TABLE odd");

    assertThat(findings())
        .singleElement()
        .asString()
        .startsWith("V2__step.sql: no row could be generated for public.odd (")
        .endsWith("so what happens to its rows is not proven");
  }

  @Test
  void aMigrationThatDoesNotRunIsNamedByFileAndLineAndStopsTheRest() throws Exception {
    step.migration(2, "CREATE TABLE a (id int);\n\nCREATE TABL b (id int);\n", "DROP TABLE a");
    step.migration(3, "CREATE TABLE c (id int)", "DROP TABLE c");

    assertThat(findings())
        .containsExactly(
            "V2__step.sql, line 3: syntax error at or near \"TABL\"",
            "V3__step.sql: not proven, since one before it does not run");
  }

  @Test
  void whatCanNotRunInATransactionRunsAloneAndSaysSo() throws Exception {
    step.migration(
        2,
        "CREATE INDEX CONCURRENTLY by_status ON orders (status)",
        "DROP INDEX CONCURRENTLY by_status");

    check();

    assertThat(report().migrations().getLast().notes())
        .hasSize(2)
        .allMatch(note -> note.contains("can't run in a transaction"));
    assertThat(seen(2)).isEmpty();
  }

  @Test
  void aMigrationMustNotEndItsTransactionItself() throws Exception {
    step.migration(
        2, "CREATE TABLE a (id int); COMMIT; CREATE TABLE b (id int)", "DROP TABLE a, b");

    assertThat(findings()).singleElement().asString().contains("ends its transaction itself");
  }

  @Test
  void whatWasRenamedBeforeItIsDroppedIsStillWhatWasThere() throws Exception {
    step.migration(
        2,
        "ALTER TABLE orders RENAME COLUMN note TO old; ALTER TABLE orders RENAME TO gone;"
            + "ALTER TABLE gone DROP COLUMN old; DELETE FROM gone; DROP TABLE gone",
        ORDERS);

    assertThat(findings())
        .contains(
            "V2__step.sql drops public.orders.note (a column); no way back brings that again",
            "V2__step.sql deletes rows of public.orders; no way back brings that again",
            "V2__step.sql drops public.orders (a table); no way back brings that again");
  }

  @Test
  void whatFlywayRefusesIsAFinding() throws Exception {
    step.migration(
        2,
        "CREATE TABLE a (id int);\nCREATE INDEX CONCURRENTLY i ON orders (status);",
        "DROP TABLE a; DROP INDEX i");

    assertThat(findings()).singleElement().asString().contains("V2__step.sql", "transactional");
  }

  @Test
  void theHostIsOutOfReach() throws Exception {
    var target = workspace.resolve("written");
    step.migration(2, "COPY (SELECT 1) TO PROGRAM 'touch " + target + "'", "SELECT 1");

    assertThat(findings()).singleElement().asString().contains("permission denied");
    assertThat(target).doesNotExist();
  }

  @Test
  void codeOfAMigrationNeverRunsWithMoreRights() throws Exception {
    var target = workspace.resolve("written");
    var program =
        """
        CREATE FUNCTION %s AS $f$ BEGIN
          IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
            COPY (SELECT 1) TO PROGRAM 'touch %s';
          END IF;
          RETURN %s;
        END $f$;
        """;
    step.migration(
        2,
        program.formatted("evil() RETURNS trigger LANGUAGE plpgsql", target, "NEW")
            + program.formatted("evil_value() RETURNS int LANGUAGE plpgsql", target, "1")
            + program.formatted(
                "format(text, name, name) RETURNS text LANGUAGE plpgsql", target, "'x'")
            + program.formatted(
                "to_jsonb(orders) RETURNS jsonb LANGUAGE plpgsql", target, "'{}'::jsonb")
            + "CREATE TRIGGER evil BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION evil();"
            + "CREATE TABLE bad (id int DEFAULT evil_value(), CHECK (evil_value() = id));",
        "DROP TABLE bad; DROP TRIGGER evil ON orders; DROP FUNCTION evil; DROP FUNCTION evil_value;"
            + "DROP FUNCTION format(text, name, name); DROP FUNCTION to_jsonb(orders)");
    step.migration(3, "ALTER TABLE orders ADD COLUMN x int", "ALTER TABLE orders DROP COLUMN x");

    check();

    assertThat(target).doesNotExist();
  }

  @Test
  void whatIsLiveEverywhereIsNotJudgedAgain() throws Exception {
    step.file("V2__step.sql", "DROP TABLE orders");
    step.migration(3, "CREATE TABLE carts (id int)", "DROP TABLE carts");

    checkKnowing("2").perform(step.databases("staging", "production"));

    assertThat(report().migrations().get(1).notes())
        .containsExactly("live everywhere already, so not judged again");
  }

  @Test
  void whoseEnvironmentsAreNotToldHasEverythingJudged() throws Exception {
    step.file("V2__step.sql", "DROP TABLE orders");

    assertThatThrownBy(() -> checkKnowing("2").perform(step))
        .hasMessageContaining("V2__step.sql drops public.orders");
  }

  private static DbMigrationCheck checkKnowing(String version) throws Exception {
    return new DbMigrationCheck(
        TestHome.postgres(TestHome.shared()),
        (application, environments) -> {
          assertThat(application).isEqualTo("shop");
          assertThat(environments).containsExactly("staging", "production");
          return Version.of(version);
        });
  }

  @Test
  void problemsOfTheFilesAreFindings() throws Exception {
    step.file("V2_x.sql", "SELECT 1");

    assertThatThrownBy(this::check)
        .isInstanceOf(StepFailedException.class)
        .hasMessageContaining("1 finding: V2_x.sql: no migration's name");
  }

  @Test
  void aThousandLinesAreAMatterOfSeconds() throws Exception {
    var up = new StringBuilder("CREATE TABLE big (id int PRIMARY KEY, text text);\n");
    for (var i = 0; i < 1_000; i++) {
      up.append("INSERT INTO big VALUES (%d, 'line %d; with a semicolon');\n".formatted(i, i));
    }
    step.migration(2, up.toString(), "DROP TABLE big");

    assertThat(check().summary()).startsWith("2 migrations");
  }

  @Test
  void anInterruptionEndsEverythingAtOnce() throws Exception {
    step.migration(2, "SELECT pg_sleep(15)", "SELECT 1");
    var caller = Thread.currentThread();
    var watcher = new AtomicReference<Thread>();
    step.onProgress(
        () -> {
          if (step.lines().getLast().contains("V2__step.sql")) {
            watcher.set(Thread.startVirtualThread(caller::interrupt));
          }
        });

    var started = System.nanoTime();
    assertThatThrownBy(this::check).isInstanceOf(InterruptedException.class);

    assertThat(System.nanoTime() - started).isLessThan(12_000_000_000L);
    assertThat(TestHome.shared().resolve("scratch")).isEmptyDirectory();
  }

  private StepOutcome check() throws Exception {
    return new DbMigrationCheck(TestHome.postgres(TestHome.shared()), LiveVersions.UNKNOWN)
        .perform(step);
  }

  private List<String> findings() throws Exception {
    assertThatThrownBy(this::check)
        .isInstanceOfSatisfying(
            StepFailedException.class,
            e -> assertThat(e.failure().type()).isEqualTo(FailureType.FINDINGS));
    return report().findings();
  }

  private List<Observation> seen(int version) throws Exception {
    return new ArrayList<>(
        report().migrations().stream()
            .filter(m -> m.version().equals(Version.of(Integer.toString(version))))
            .findFirst()
            .orElseThrow()
            .up());
  }

  private CheckReport report() {
    return Json.read(step.kept().getBytes(StandardCharsets.UTF_8), CheckReport.class);
  }
}
