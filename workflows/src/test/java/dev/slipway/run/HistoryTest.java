package dev.slipway.run;

import static dev.slipway.run.Pipelines.OPEN;
import static dev.slipway.run.Pipelines.stage;
import static dev.slipway.run.Pipelines.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.action.ActionSpec.Effect;
import dev.slipway.pipeline.Step;
import dev.slipway.run.RunActivities.Visibility;
import io.temporal.api.enums.v1.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a run costs, and how it is found. */
class HistoryTest {
  /** Start, first workflow task (3) and end of a run that does nothing. */
  private static final int EMPTY_RUN = 5;

  /** An activity (3) and the workflow task (3) that sees its end. */
  private static final int ACTIVITY = 6;

  private final World world = Engine.shared().world();

  @Test
  void twelveStepsCostTwelveEventsMoreThanTwelveBareActivities() {
    world.pipeline = Pipelines.of(stage("test", List.of(), null, OPEN, chain(12)));
    world.visibility = Visibility.SEARCHABLE;

    var run = world.start();
    run.endsAs(RunStatus.SUCCEEDED);

    assertThat(run.events() - EMPTY_RUN - 12 * ACTIVITY).isBetween(0, 12);
  }

  @Test
  void anEnvironmentCostsAtMostThirtyEvents() {
    world.steps.put("staging/deploy", World::done);
    world.pipeline = Pipelines.of(stage("staging", List.of(), null, OPEN, deploy()));
    var without = world.start();
    without.endsAs(RunStatus.SUCCEEDED);
    world.pipeline = Pipelines.of(stage("staging", List.of(), "staging", OPEN, deploy()));
    var with = world.start();
    with.endsAs(RunStatus.SUCCEEDED);

    assertThat(with.events() - without.events()).isBetween(1, 30);
  }

  @Test
  void runsAreFoundByTheirSearchAttributesWhereTheEngineKnowsThem() {
    world.visibility = Visibility.SEARCHABLE;
    var run = world.start().approvedBy("bea");
    var end = run.endsAs(RunStatus.SUCCEEDED);

    var found = run.stub().describe().getTypedSearchAttributes();
    assertThat(found.get(SearchAttributes.APPLICATION)).isEqualTo(end.id().application());
    assertThat(found.get(SearchAttributes.COMMIT))
        .isEqualTo(Objects.requireNonNull(end.source()).commit());
    assertThat(found.get(SearchAttributes.STAGE)).isEqualTo("production");
    assertThat(found.get(SearchAttributes.ENVIRONMENT)).isEqualTo("production");
    assertThat(found.get(SearchAttributes.OUTCOME)).isEqualTo("succeeded");
    assertThat(run.events(EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES)).isEqualTo(5);
  }

  @Test
  void aRollbackIsFoundByItsEnvironment() {
    world.start().approvedBy("bea").endsAs(RunStatus.SUCCEEDED);
    world.start().approvedBy("bea").endsAs(RunStatus.SUCCEEDED);
    world.visibility = Visibility.SEARCHABLE;

    var run = world.rollBack("production", null);
    var end = run.endsAs(RunStatus.SUCCEEDED);

    var found = run.stub().describe().getTypedSearchAttributes();
    assertThat(found.get(SearchAttributes.APPLICATION)).isEqualTo(end.id().application());
    assertThat(found.get(SearchAttributes.ENVIRONMENT)).isEqualTo("production");
    assertThat(found.get(SearchAttributes.OUTCOME)).isEqualTo("succeeded");
    run.keeps("rollback-run-searchable");
  }

  @Test
  void anEngineThatDoesNotKnowThemIsNotTold() {
    var run = world.start().approvedBy("bea");
    run.endsAs(RunStatus.SUCCEEDED);

    assertThat(run.events(EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES)).isZero();
  }

  @Test
  void aRunCanBeAskedForItsStateAtAnyTime() {
    world.steps.put("build/compile", World.hangs());
    var run = world.start();

    assertThat(run.state().id()).isEqualTo(run.id());

    run.stops();
    run.endsAs(RunStatus.CANCELLED);
    assertThat(run.state().status()).isEqualTo(RunStatus.CANCELLED);
  }

  private static Step deploy() {
    return step("deploy", "run", Effect.NONE);
  }

  private static Step[] chain(int length) {
    var steps = new ArrayList<Step>();
    for (var at = 0; at < length; at++) {
      var before = at == 0 ? new String[0] : new String[] {"s" + (at - 1)};
      steps.add(step("s" + at, "run", Effect.NONE, before));
    }
    return steps.toArray(Step[]::new);
  }
}
