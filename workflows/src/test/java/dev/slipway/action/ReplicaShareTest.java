package dev.slipway.action;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ReplicaShareTest {
  @Test
  void wholeReplicasAreAShare() {
    assertThat(ReplicaShare.of(25, 4)).contains(new ReplicaShare(1, 3));
    assertThat(ReplicaShare.of(50, 4)).contains(new ReplicaShare(2, 2));
    assertThat(ReplicaShare.of(99, 100)).contains(new ReplicaShare(99, 1));
  }

  @Test
  void onePercentagePointIsTolerated() {
    assertThat(ReplicaShare.of(33, 3)).contains(new ReplicaShare(1, 2));
    assertThat(ReplicaShare.of(34, 3)).contains(new ReplicaShare(1, 2));
    assertThat(ReplicaShare.of(35, 3)).isEmpty();
  }

  @Test
  void aShareLeavesReplicasOnBothSides() {
    assertThat(ReplicaShare.of(10, 4)).isEmpty();
    assertThat(ReplicaShare.of(99, 4)).isEmpty();
    assertThat(ReplicaShare.of(50, 1)).isEmpty();
    assertThat(ReplicaShare.of(50, 0)).isEmpty();
  }

  @Test
  void everyShareThatIsOfferedIsTaken() {
    assertThat(ReplicaShare.expressible(4)).containsExactly(25, 50, 75);
    assertThat(ReplicaShare.expressible(3)).containsExactly(33, 67);
    assertThat(ReplicaShare.expressible(1)).isEmpty();
    for (var replicas = 2; replicas <= 150; replicas++) {
      for (var percent : ReplicaShare.expressible(replicas)) {
        assertThat(ReplicaShare.of(percent, replicas))
            .as("%d %% of %d", percent, replicas)
            .isPresent();
      }
    }
  }
}
