package dev.slipway.activities.database.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.action.FailureType;
import dev.slipway.activities.database.TestDatabases;
import dev.slipway.environment.EnvironmentActivities.WayBack;
import dev.slipway.environment.SchemaStanding;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.step.StepFailedException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseSchemasTest {
  private static final String[] ONE = {
    "1",
    "CREATE TABLE products (id int PRIMARY KEY); INSERT INTO products VALUES (1), (2)",
    "DROP TABLE products"
  };
  private static final String[] TWO = {
    "1",
    ONE[1],
    ONE[2],
    "2",
    "ALTER TABLE products ADD COLUMN discount int, ADD COLUMN stock numeric(9, 2) NOT NULL DEFAULT"
        + " 0; CREATE TABLE reviews (id int, text text)",
    "DROP TABLE reviews; ALTER TABLE products DROP COLUMN discount, DROP COLUMN stock"
  };

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
  void downsRestoreTheFingerprintAndOnceIsEnough() throws Exception {
    var nothing = shop.schema();
    shop.migrate(ONE);
    shop.migrate(TWO);

    shop.token(2).down(nothing);
    shop.down(nothing);

    assertThat(shop.schema()).isEqualTo(nothing);
    assertThat(nothing.version()).isEqualTo("0");
    assertThat(shop.value("SELECT count(*) FROM slipway.migrations")).isEqualTo("0");
    assertThat(shop.log).contains("the schema is at version 0 already");
    assertThat(shop.migrate(TWO).outputs()).containsEntry("version", "2");
  }

  @Test
  void whatDownsWouldLoseIsCountedNow() throws Exception {
    shop.migrate(ONE);
    var one = shop.schema();
    shop.migrate(TWO);
    assertThat(shop.standing(1, one).losses()).isEmpty();

    shop.execute(
        "UPDATE products SET discount = 5",
        "INSERT INTO products VALUES (3)",
        "INSERT INTO reviews VALUES (1, 'good'), (2, 'bad')");

    assertThat(shop.standing(1, one).losses())
        .containsExactlyInAnyOrder(
            "column products.discount has 2 values", "table reviews has 2 rows");
    assertThat(shop.standing(1, one).reversible()).isTrue();
  }

  @Test
  void whatAMigrationItselfPutThereIsNoLossUntilSomebodyChangesIt() throws Exception {
    var nothing = shop.schema();
    shop.migrate(ONE);
    assertThat(shop.standing(1, nothing).losses()).isEmpty();

    shop.execute("UPDATE products SET id = 3 WHERE id = 2");

    assertThat(shop.standing(1, nothing).losses()).containsExactly("table products has 2 rows");
  }

  @Test
  void aLossIsFoundUnderTheNameThatALaterMigrationGave() throws Exception {
    shop.migrate(ONE);
    var one = shop.schema();
    shop.migrate(
        TWO[0],
        TWO[1],
        TWO[2],
        TWO[3],
        TWO[4],
        TWO[5],
        "3",
        "ALTER TABLE reviews RENAME TO opinions",
        "ALTER TABLE opinions RENAME TO reviews");
    shop.execute("INSERT INTO opinions VALUES (1, 'good')");

    assertThat(shop.standing(1, one).losses()).containsExactly("table opinions has 1 row");
  }

  @Test
  void aReleaseIsProvenWhereItWasSeenToWorkAndOnItsOwnSchema() throws Exception {
    shop.migrate(ONE);
    var one = shop.schema();
    shop.runs(1, "SELECT id FROM products");
    assertThat(shop.standing(1, one).proven()).isTrue();

    shop.migrate(TWO);

    assertThat(shop.standing(1, one).proven()).isTrue();
    assertThat(shop.standing(2, one).proven()).isFalse();
  }

  @Test
  void aSchemaThatWasChangedByHandIsNotReversible() throws Exception {
    shop.migrate(ONE);
    var one = shop.schema();
    shop.migrate(TWO);
    assertThat(shop.standing(1, one).reversible()).isTrue();

    shop.execute("CREATE TABLE by_hand (id int)");

    assertThat(shop.standing(1, one).reversible()).isFalse();
    var failure = Assertions.assertThrows(StepFailedException.class, () -> shop.down(one));
    assertThat(failure.failure().type()).isEqualTo(FailureType.CONFLICT);
    assertThat(failure.failure().happened()).contains("nothing was changed", "by_hand");
    assertThat(shop.schema().version()).isEqualTo("2");
  }

  @Test
  void whatWeDidNotRecordIsNotReversible() throws Exception {
    var nothing = shop.schema();
    shop.migrate(ONE);
    shop.execute("DELETE FROM slipway.migrations");

    assertThat(shop.standing(1, nothing).reversible()).isFalse();
    assertThatThrownBy(() -> shop.down(nothing)).hasMessageContaining("no way back is recorded");
    assertThat(shop.schema().version()).isEqualTo("1");
  }

  @Test
  void aWayBackIsFencedAndFencesWhatComesLate() throws Exception {
    var nothing = shop.schema();
    shop.token(7).migrate(ONE);

    shop.token(6);
    assertThatThrownBy(() -> shop.down(nothing)).hasMessageContaining("CONFLICT");
    shop.token(8).down(nothing);
    shop.token(7);
    assertThatThrownBy(() -> shop.migrate(ONE)).hasMessageContaining("CONFLICT");
    assertThat(shop.schema()).isEqualTo(nothing);
  }

  @Test
  void anEnvironmentWithoutDatabaseHasNoSchema() throws Exception {
    var spec =
        new EnvironmentSpec(
            "production", EnvironmentSpec.Target.LOCAL, Shop.RUN, null, null, null, false, null);
    var way = shop.wayBack(null, shop.schema());

    assertThat(shop.schemas().state(shop.id, spec)).isEmpty();
    assertThat(shop.schemas().standing(new WayBack(shop.id, spec, way.wanted(), "log")))
        .isEqualTo(SchemaStanding.NONE);
  }
}
