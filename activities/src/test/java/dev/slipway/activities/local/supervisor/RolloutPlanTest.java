package dev.slipway.activities.local.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.activities.local.supervisor.RolloutPlan.Condition;
import dev.slipway.activities.local.supervisor.RolloutPlan.Move;
import dev.slipway.activities.local.supervisor.RolloutPlan.Seen;
import dev.slipway.activities.target.Target.RolloutSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RolloutPlanTest {
  @Test
  void aHealthyWantedFleetIsLeftAlone() {
    assertThat(next(2, 1, 0, seen("a", true), seen("b", true))).isEqualTo(new Move.Finished());
  }

  @Test
  void oneMoreIsStartedBeforeAnOldOneGoes() {
    assertThat(next(1, 1, 0, seen("old", false))).isEqualTo(new Move.Start());
    assertThat(next(1, 1, 0, seen("old", false), seen("new", true)))
        .isEqualTo(new Move.Retire("old"));
  }

  @Test
  void withoutRoomForMoreAnOldOneGoesFirst() {
    assertThat(next(1, 0, 1, seen("old", false))).isEqualTo(new Move.Retire("old"));
  }

  @Test
  void theUnhealthyGoBeforeTheHealthy() {
    assertThat(next(2, 0, 1, seen("old", false), new Seen("ill", false, Condition.UNHEALTHY)))
        .isEqualTo(new Move.Retire("ill"));
  }

  @Test
  void anUnhealthyOneStaysUntilAHealthyOneIsThere() {
    assertThat(next(1, 1, 0, new Seen("ill", true, Condition.UNHEALTHY)))
        .isEqualTo(new Move.Start());
  }

  @Test
  void noRoomAtAllIsRefused() {
    assertThatThrownBy(() -> next(1, 0, 0, seen("old", false)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** From any fleet, with any settings: it ends, and never leaves the bounds on its way. */
  @Property
  void everyWayEndsWithinItsBounds(
      @ForAll("fleets") List<Seen> fleet,
      @ForAll @IntRange(min = 1, max = 6) int count,
      @ForAll @IntRange(min = 0, max = 3) int surge,
      @ForAll @IntRange(min = 0, max = 3) int unavailable) {
    if (surge + unavailable == 0) {
      return;
    }
    var settings = new RolloutSettings(surge, unavailable);
    var now = new ArrayList<>(fleet);
    var most = Math.max(fleet.size(), count + surge);
    var least = Math.min(healthy(fleet), count - unavailable);

    for (var step = 0; ; step++) {
      assertThat(step).isLessThan(40);
      switch (RolloutPlan.next(now, count, settings)) {
        case Move.Start() -> now.add(seen("new" + step, true));
        case Move.Retire(var id) -> now.removeIf(seen -> seen.id().equals(id));
        case Move.Finished() -> {
          assertThat(now).hasSize(count).allMatch(Seen::wanted);
          assertThat(healthy(now)).isEqualTo(count);
          return;
        }
      }
      assertThat(now.size()).isLessThanOrEqualTo(most);
      assertThat(healthy(now)).isGreaterThanOrEqualTo(least);
    }
  }

  @Provide
  Arbitrary<List<Seen>> fleets() {
    var one =
        Combinators.combine(Arbitraries.of(true, false), Arbitraries.of(Condition.class))
            .as((wanted, condition) -> new Seen("", wanted, condition));
    return one.list()
        .ofMaxSize(6)
        .map(
            fleet ->
                IntStream.range(0, fleet.size())
                    .mapToObj(
                        index ->
                            new Seen(
                                "r" + index,
                                fleet.get(index).wanted(),
                                fleet.get(index).condition()))
                    .toList());
  }

  private static int healthy(List<Seen> fleet) {
    return (int) fleet.stream().filter(seen -> seen.condition() == Condition.HEALTHY).count();
  }

  private static Seen seen(String id, boolean wanted) {
    return new Seen(id, wanted, Condition.HEALTHY);
  }

  private static Move next(int count, int surge, int unavailable, Seen... fleet) {
    return RolloutPlan.next(List.of(fleet), count, new RolloutSettings(surge, unavailable));
  }
}
