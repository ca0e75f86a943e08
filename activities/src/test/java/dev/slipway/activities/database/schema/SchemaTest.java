package dev.slipway.activities.database.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.activities.database.TestDatabases;
import dev.slipway.activities.database.postgres.PostgresDatabase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {
  /** Independent of each other, so that any order works. */
  private static final List<String> PARTS =
      List.of(
          "CREATE TABLE a (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, n text NOT NULL)",
          "CREATE TABLE b (id serial PRIMARY KEY, amount numeric(10,2) DEFAULT 0 CHECK (amount >="
              + " 0))",
          "CREATE TYPE mood AS ENUM ('sad', 'ok')",
          "CREATE DOMAIN positive AS int CHECK (VALUE > 0)",
          "CREATE SEQUENCE s INCREMENT 5",
          "CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'",
          "CREATE VIEW v AS SELECT 1 AS one",
          "CREATE EXTENSION citext",
          "CREATE TABLE p (k int, t text) PARTITION BY LIST (k)");

  private static final List<String> BASE =
      List.of(
          "CREATE TABLE parent (id int PRIMARY KEY, u text UNIQUE)",
          "CREATE TABLE child (id int PRIMARY KEY, note varchar(10), plain text, parent int"
              + " REFERENCES parent)",
          "CREATE INDEX by_note ON child (note)",
          "CREATE TYPE mood AS ENUM ('sad', 'ok')",
          "CREATE DOMAIN positive AS int CHECK (VALUE > 0)",
          "CREATE SEQUENCE s",
          "CREATE VIEW v AS SELECT id FROM child",
          "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
          "CREATE TRIGGER t BEFORE INSERT ON child FOR EACH ROW EXECUTE FUNCTION f()",
          "CREATE POLICY visible ON child USING (id > 0)");

  /** Each with what takes it back; empty where nothing can. */
  private static final Map<String, String> CHANGES =
      Map.ofEntries(
          Map.entry(
              "ALTER TABLE child ADD COLUMN extra int", "ALTER TABLE child DROP COLUMN extra"),
          Map.entry(
              "ALTER TABLE child DROP COLUMN plain", "ALTER TABLE child ADD COLUMN plain text"),
          Map.entry(
              "ALTER TABLE child RENAME COLUMN plain TO fancy",
              "ALTER TABLE child RENAME COLUMN fancy TO plain"),
          Map.entry(
              "ALTER TABLE child ALTER COLUMN note TYPE varchar(11)",
              "ALTER TABLE child ALTER COLUMN note TYPE varchar(10)"),
          Map.entry(
              "ALTER TABLE child ALTER COLUMN note SET NOT NULL",
              "ALTER TABLE child ALTER COLUMN note DROP NOT NULL"),
          Map.entry(
              "ALTER TABLE child ALTER COLUMN note SET DEFAULT 'x'",
              "ALTER TABLE child ALTER COLUMN note DROP DEFAULT"),
          Map.entry(
              "ALTER TABLE child ADD CONSTRAINT c CHECK (id > 0)",
              "ALTER TABLE child DROP CONSTRAINT c"),
          Map.entry(
              "ALTER TABLE child ADD CONSTRAINT c CHECK (id > 0) NOT VALID",
              "ALTER TABLE child DROP CONSTRAINT c"),
          Map.entry("ALTER TABLE child DROP CONSTRAINT child_parent_fkey", ""),
          Map.entry("CREATE INDEX more ON child (parent)", "DROP INDEX more"),
          Map.entry("CREATE UNIQUE INDEX more ON child (parent)", "DROP INDEX more"),
          Map.entry("DROP INDEX by_note", "CREATE INDEX by_note ON child (note)"),
          Map.entry(
              "ALTER TABLE child ENABLE ROW LEVEL SECURITY",
              "ALTER TABLE child DISABLE ROW LEVEL SECURITY"),
          Map.entry(
              "ALTER TABLE child SET (fillfactor = 50)", "ALTER TABLE child RESET (fillfactor)"),
          Map.entry("ALTER TABLE child SET UNLOGGED", "ALTER TABLE child SET LOGGED"),
          Map.entry("ALTER TABLE child DISABLE TRIGGER t", "ALTER TABLE child ENABLE TRIGGER t"),
          Map.entry("DROP TRIGGER t ON child", ""),
          Map.entry(
              "DROP POLICY visible ON child", "CREATE POLICY visible ON child USING (id > 0)"),
          Map.entry(
              "CREATE OR REPLACE VIEW v AS SELECT id FROM child WHERE id > 1",
              "CREATE OR REPLACE VIEW v AS SELECT id FROM child"),
          Map.entry(
              "CREATE OR REPLACE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN"
                  + " OLD; END'",
              ""),
          Map.entry("ALTER TYPE mood ADD VALUE 'glad'", ""),
          Map.entry(
              "ALTER TYPE mood RENAME VALUE 'ok' TO 'fine'",
              "ALTER TYPE mood RENAME VALUE 'fine' TO 'ok'"),
          Map.entry("ALTER DOMAIN positive SET NOT NULL", "ALTER DOMAIN positive DROP NOT NULL"),
          Map.entry(
              "ALTER DOMAIN positive ADD CONSTRAINT small CHECK (VALUE < 9)",
              "ALTER DOMAIN positive DROP CONSTRAINT small"),
          Map.entry("ALTER SEQUENCE s INCREMENT 2", "ALTER SEQUENCE s INCREMENT 1"),
          Map.entry("GRANT SELECT ON child TO public", "REVOKE SELECT ON child FROM public"),
          Map.entry(
              "GRANT SELECT (note) ON child TO public",
              "REVOKE SELECT (note) ON child FROM public"),
          Map.entry("COMMENT ON COLUMN child.note IS 'x'", "COMMENT ON COLUMN child.note IS NULL"),
          Map.entry("CREATE EXTENSION citext", "DROP EXTENSION citext"),
          Map.entry("CREATE SCHEMA other", "DROP SCHEMA other"),
          Map.entry("CREATE STATISTICS st ON id, note FROM child", "DROP STATISTICS st"),
          Map.entry(
              "CREATE AGGREGATE total (int) (SFUNC = int4pl, STYPE = int)",
              "DROP AGGREGATE total (int)"),
          Map.entry("CREATE COLLATION c (provider = libc, locale = 'C')", "DROP COLLATION c"),
          Map.entry("CREATE TYPE span AS RANGE (SUBTYPE = int)", "DROP TYPE span"),
          Map.entry(
              "CREATE RULE r AS ON DELETE TO child DO INSTEAD NOTHING", "DROP RULE r ON child"));

  private static TestDatabases databases;
  private static Schema parts;

  @BeforeAll
  static void start() throws Exception {
    databases = TestDatabases.start();
    parts = of(PARTS);
  }

  @AfterAll
  static void stop() throws Exception {
    databases.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theOrderOfCreationMakesNoDifference(long seed) throws Exception {
    var order = new ArrayList<>(PARTS);
    Collections.shuffle(order, new Random(seed));

    var schema = of(order);
    assertThat(schema.differences(parts)).isEmpty();
    assertThat(schema.fingerprint()).isEqualTo(parts.fingerprint());
  }

  @Test
  void everyChangeIsSeenAndSoIsItsWayBack() throws Exception {
    try (var connection = TestDatabases.open(make(BASE));
        var statement = connection.createStatement()) {
      var base = Schema.of(connection);
      connection.setAutoCommit(false);
      for (var change : CHANGES.entrySet()) {
        statement.execute(change.getKey());
        assertThat(Schema.of(connection).fingerprint())
            .as(change.getKey())
            .isNotEqualTo(base.fingerprint());

        if (change.getValue().isEmpty()) {
          connection.rollback();
        } else {
          statement.execute(change.getValue());
          connection.commit();
        }
        assertThat(Schema.of(connection).differences(base)).as(change.getValue()).isEmpty();
        assertThat(Schema.of(connection).fingerprint()).isEqualTo(base.fingerprint());
      }
    }
  }

  @Test
  void rowsAndOurOwnBookkeepingDoNotCount() throws Exception {
    var database = make(BASE);
    var base = read(database).fingerprint();

    TestDatabases.execute(
        database,
        "INSERT INTO parent VALUES (1, 'x')",
        "SELECT nextval('s')",
        "CREATE SCHEMA slipway",
        "CREATE TABLE slipway.fence (token bigint)",
        "CREATE TABLE flyway_schema_history (installed_rank int PRIMARY KEY, success boolean NOT"
            + " NULL)",
        "CREATE INDEX flyway_schema_history_s_idx ON flyway_schema_history (success)",
        "CREATE TEMP TABLE gone (id int)");

    assertThat(read(database).fingerprint()).isEqualTo(base);
  }

  @Test
  void theSessionsSearchPathMakesNoDifferenceAndStays() throws Exception {
    var database = make(BASE);
    try (var connection = TestDatabases.open(database)) {
      connection.createStatement().execute("SET search_path = pg_catalog, public");

      assertThat(Schema.of(connection)).isEqualTo(read(database));

      try (var rows = connection.createStatement().executeQuery("SHOW search_path")) {
        rows.next();
        assertThat(rows.getString(1)).isEqualTo("pg_catalog, public");
      }
    }
  }

  @Test
  void whatDiffersIsSaidForPeople() throws Exception {
    var database = make(BASE);
    var base = read(database);
    TestDatabases.execute(database, "ALTER TABLE child RENAME COLUMN plain TO fancy");

    assertThat(read(database).differences(base))
        .containsExactly(
            "missing: column public.child.plain text", "left over: column public.child.fancy text");
  }

  private static Schema of(List<String> statements) throws Exception {
    return read(make(statements));
  }

  private static PostgresDatabase make(List<String> statements) throws Exception {
    var database = databases.fresh();
    TestDatabases.execute(database, statements.toArray(String[]::new));
    return database;
  }

  private static Schema read(PostgresDatabase database) throws Exception {
    try (var connection = TestDatabases.open(database)) {
      return Schema.of(connection);
    }
  }
}
