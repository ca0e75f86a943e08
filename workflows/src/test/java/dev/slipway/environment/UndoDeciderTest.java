package dev.slipway.environment;

import static dev.slipway.environment.Examples.digest;
import static dev.slipway.environment.Examples.schema;
import static dev.slipway.environment.Examples.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.environment.UndoPlan.AskPerson;
import dev.slipway.environment.UndoPlan.MigrateDown;
import dev.slipway.environment.UndoPlan.RestoreApplication;
import dev.slipway.environment.UndoPlan.SwitchAssets;
import dev.slipway.environment.UndoPlan.UndoStep;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class UndoDeciderTest {
  private static final UndoStep ASSETS = new SwitchAssets(digest("assets 4"));
  private static final UndoStep APPLICATION = new RestoreApplication(Examples.deployment(4));

  @Example
  void withoutADatabaseEntryPointsGoBackBeforeTheApplication() {
    assertThat(plan(SchemaStanding.NONE).steps()).containsExactly(ASSETS, APPLICATION);
  }

  @Example
  void aSchemaThatDidNotChangeStays() {
    var plan = plan(new SchemaStanding(schema("7"), schema("7"), false, false, List.of()));

    assertThat(plan)
        .isEqualTo(
            new UndoPlan(
                List.of(ASSETS, APPLICATION),
                new SchemaOutcome("7", "the schema was not changed")));
  }

  @Example
  void aSchemaOnWhichTheOlderReleaseIsProvenStays() {
    var plan = plan(new SchemaStanding(schema("8"), schema("7"), true, true, List.of()));

    assertThat(plan.steps()).containsExactly(ASSETS, APPLICATION);
    assertThat(plan.schema().text())
        .isEqualTo("the schema stays at version 8: release 4 is proven on it");
    assertThat(plan.schema().version()).isEqualTo("8");
  }

  @Example
  void aSchemaThatIsNotProvenAndLosesNothingGoesDownBeforeTheApplication() {
    var plan = plan(new SchemaStanding(schema("8"), schema("7"), false, true, List.of()));

    assertThat(plan.steps()).containsExactly(ASSETS, new MigrateDown("7"), APPLICATION);
    assertThat(plan.schema().text()).contains("from version 8 down to 7");
    assertThat(plan.schema().version()).isEqualTo("7");
  }

  @Example
  void aPersonIsAskedBeforeAnythingIsLost() {
    var losses = List.of("column price of 12 rows");
    var plan = plan(new SchemaStanding(schema("8"), schema("7"), false, true, losses));

    assertThat(plan.steps()).containsExactly(ASSETS, new AskPerson("7", losses), APPLICATION);
  }

  @Example
  void aPersonIsAskedWhenThereIsNoWayDown() {
    var plan = plan(new SchemaStanding(schema("8"), schema("7"), false, false, List.of()));

    assertThat(plan.steps().get(1))
        .isInstanceOfSatisfying(
            AskPerson.class,
            question -> {
              assertThat(question.version()).isNull();
              assertThat(question.risks()).singleElement().asString().contains("version 8");
            });
    assertThat(plan.schema().text())
        .startsWith("the schema stays at version 8, since it can't go down");
  }

  @Example
  void theFirstReleaseLeavesNothingBehindButTheSchema() {
    var plan =
        UndoDecider.decide(
            EnvironmentState.EMPTY, new SchemaStanding(schema("3"), null, false, true, List.of()));

    assertThat(plan.steps()).containsExactly(new SwitchAssets(null), new RestoreApplication(null));
    assertThat(plan.schema().text()).contains("stays at version 3");
  }

  @Example
  void aReleaseFromBeforeTheDatabaseGetsAnEmptySchema() {
    var plan = plan(new SchemaStanding(schema("1"), null, false, true, List.of()));

    assertThat(plan.steps()).contains(new MigrateDown("0"));
  }

  @Property
  void nothingIsLostWithoutAskingAndTheApplicationComesLast(
      @ForAll("standings") SchemaStanding standing) {
    var steps = plan(standing).steps();

    assertThat(steps).first().isEqualTo(ASSETS);
    assertThat(steps).last().isEqualTo(APPLICATION);
    assertThat(steps).hasSizeBetween(2, 3);
    if (!standing.losses().isEmpty()) {
      assertThat(steps).noneMatch(MigrateDown.class::isInstance);
    }
    if (standing.proven()) {
      assertThat(steps).containsExactly(ASSETS, APPLICATION);
    }
  }

  @Provide
  Arbitrary<SchemaStanding> standings() {
    var states = Arbitraries.of("1", "2").map(Examples::schema).injectNull(0.3);
    var yes = Arbitraries.of(true, false);
    return Combinators.combine(
            states, states, yes, yes, Arbitraries.of("a row").list().ofMaxSize(1))
        .as(SchemaStanding::new);
  }

  private static UndoPlan plan(SchemaStanding schema) {
    return UndoDecider.decide(state(4, schema("7")), schema);
  }
}
