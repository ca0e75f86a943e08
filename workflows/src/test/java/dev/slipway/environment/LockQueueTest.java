package dev.slipway.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.artifact.Digest;
import dev.slipway.environment.LockAnswer.Granted;
import dev.slipway.environment.LockAnswer.Superseded;
import dev.slipway.environment.LockAnswer.TookPlace;
import dev.slipway.environment.LockAnswer.Wanted;
import dev.slipway.environment.LockMessage.Announce;
import dev.slipway.environment.LockMessage.Intend;
import dev.slipway.environment.LockMessage.Recorded;
import dev.slipway.environment.LockMessage.Release;
import dev.slipway.environment.LockMessage.Request;
import dev.slipway.environment.LockMessage.Urgency;
import dev.slipway.environment.LockQueue.Holder;
import dev.slipway.environment.LockQueue.Letter;
import dev.slipway.environment.LockQueue.Waiter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LockQueueTest {
  private static final String HERE = "production";

  @Example
  void aFreeEnvironmentIsGrantedAtOnce() {
    var story = new Story(request(1));

    assertThat(story.granted()).containsExactly(1L);
    assertThat(Objects.requireNonNull(story.queue.holder()).run()).isEqualTo(1);
  }

  @Example
  void whoWaitsForAPersonDoesNotGetTheLock() {
    var story = new Story(announce(1));

    assertThat(story.granted()).isEmpty();
    assertThat(story.queue.holder()).isNull();
  }

  @Example
  void aNewerRunTakesThePlaceOfAnOlderOneAndBothAreTold() {
    var story = new Story(announce(1), announce(2));

    assertThat(story.letters)
        .containsExactly(
            new Letter(id(1), new Superseded(HERE, 2)), new Letter(id(2), new TookPlace(HERE, 1)));
  }

  @Example
  void anOlderRunThatComesLaterGivesWay() {
    var story = new Story(announce(2), request(1));

    assertThat(story.letters).containsExactly(new Letter(id(1), new Superseded(HERE, 2)));
    assertThat(story.waiting()).containsExactly(2L);
  }

  @Example
  void whoHoldsTheLockIsNotSuperseded() {
    var story = new Story(request(1), request(2));

    assertThat(story.granted()).containsExactly(1L);
    assertThat(story.waiting()).containsExactly(2L);
    assertThat(story.then(new Release(1)).granted()).containsExactly(1L, 2L);
  }

  @Example
  void whoHoldsTheLockIsToldThatAWayBackWantsIt() {
    var story = new Story(request(5), request(9), wayBack(3));

    assertThat(story.letters).endsWith(new Letter(id(5), new Wanted(HERE, 3)));
  }

  @Example
  void aWayBackComesFirstAndIsNeverSuperseded() {
    var story = new Story(request(5), request(9), wayBack(3), request(10), new Release(5));

    assertThat(story.granted()).containsExactly(5L, 3L);
    assertThat(story.then(new Release(3)).granted()).containsExactly(5L, 3L, 10L);
  }

  @Example
  void aRequestThatComesTwiceIsGrantedOnceAndAnsweredTwice() {
    var story = new Story(request(1), request(1));

    assertThat(story.letters).hasSize(2).allMatch(story.letters.getFirst()::equals);
    assertThat(story.queue.grants()).isEqualTo(1);
  }

  @Example
  void intentIsKeptForTheHolderAlone() {
    var intent = intend(1);

    assertThat(new Story(request(1), intent).holder().intent()).isEqualTo(intent);
    assertThat(new Story(request(1), intend(2)).holder().intent()).isNull();
    assertThat(new Story(intend(1)).queue).isEqualTo(LockQueue.EMPTY);
  }

  @Example
  void everyGrantPassesOnWhereTheLedgerEnds() {
    var second = new LedgerHead(2, Digest.of(new byte[] {2}));
    var first = new LedgerHead(1, Digest.of(new byte[] {1}));

    var story = new Story(request(1), new Recorded(second), new Recorded(first), new Release(1));

    assertThat(story.then(request(2)).letters.getLast().answer())
        .isEqualTo(new Granted(HERE, story.holder().firstToken(), second));
    assertThat(story.queue.afterDeadHolder(HERE).queue().head()).isEqualTo(second);
  }

  @Example
  void afterADeadHolderTheNextOneIsGrantedWithNewerTokens() {
    var story = new Story(request(1), request(2));
    var first = story.holder().firstToken();

    var step = story.queue.afterDeadHolder(HERE);

    var next = Objects.requireNonNull(step.queue().holder());
    assertThat(next.run()).isEqualTo(2);
    assertThat(next.firstToken()).isGreaterThanOrEqualTo(first + LockAnswer.TOKENS_PER_GRANT);
  }

  @Property
  void tokensStrictlyRise(@ForAll("messages") List<LockMessage> messages) {
    long last = 0;
    var queue = LockQueue.EMPTY;
    for (var message : messages) {
      var grants = queue.grants();
      var step = queue.on(HERE, message);
      queue = step.queue();
      if (queue.grants() > grants) {
        var token = Objects.requireNonNull(queue.holder()).firstToken();
        assertThat(token).isGreaterThan(last);
        last = token;
      }
    }
  }

  @Property
  void onlyAReleaseTakesTheLockFromItsHolder(@ForAll("messages") List<LockMessage> messages) {
    var queue = LockQueue.EMPTY;
    for (var message : messages) {
      var before = queue.holder();
      queue = queue.on(HERE, message).queue();
      var after = queue.holder();
      if (before != null && !(message instanceof Release(var run) && run == before.run())) {
        assertThat(Objects.requireNonNull(after).run()).isEqualTo(before.run());
      }
    }
  }

  @Property
  void onlyTheHolderIsToldThatItHolds(@ForAll("messages") List<LockMessage> messages) {
    var queue = LockQueue.EMPTY;
    for (var message : messages) {
      var step = queue.on(HERE, message);
      queue = step.queue();
      for (var letter : step.letters()) {
        if (letter.answer() instanceof Granted(var ignored, var token, var ignoredHead)) {
          var holder = Objects.requireNonNull(queue.holder());
          assertThat(holder.workflowId()).isEqualTo(letter.workflowId());
          assertThat(holder.firstToken()).isEqualTo(token);
        }
      }
    }
  }

  @Property
  void whoIsSupersededIsOlderAndOnTheWayForward(@ForAll("messages") List<LockMessage> messages) {
    var story = new Story(messages.toArray(LockMessage[]::new));
    for (var letter : story.letters) {
      if (letter.answer() instanceof Superseded(var ignored, var by)) {
        assertThat(letter.workflowId()).isNotEqualTo(id(by));
        assertThat(number(letter.workflowId())).isLessThan(by);
      }
    }
  }

  @Property
  void atMostOneRunOnTheWayForwardWaits(@ForAll("messages") List<LockMessage> messages) {
    var story = new Story(messages.toArray(LockMessage[]::new));

    assertThat(story.queue.waiting())
        .filteredOn(waiter -> waiter.urgency() != Urgency.WAY_BACK)
        .hasSizeLessThanOrEqualTo(1);
    assertThat(story.queue.waiting()).extracting(Waiter::run).doesNotHaveDuplicates();
  }

  @Property
  void nobodyWaitsForAFreeEnvironment(@ForAll("messages") List<LockMessage> messages) {
    var story = new Story(messages.toArray(LockMessage[]::new));

    if (story.queue.holder() == null) {
      assertThat(story.queue.waiting()).allMatch(waiter -> waiter.urgency() == null);
    } else {
      assertThat(story.waiting()).doesNotContain(story.holder().run());
    }
  }

  @Property
  void everybodyGetsTheirTurnOnceTheOthersRelease(@ForAll("messages") List<LockMessage> messages) {
    var story = new Story(messages.toArray(LockMessage[]::new));
    for (var turns = 0; turns < 20 && story.queue.holder() != null; turns++) {
      story.then(new Release(story.holder().run()));
    }

    assertThat(story.queue.holder()).isNull();
    assertThat(story.queue.waiting()).allMatch(waiter -> waiter.urgency() == null);
  }

  @Property
  void waysBackComeInTheOrderOfArrivalBeforeEveryDelivery(
      @ForAll("messages") List<LockMessage> messages) {
    var story = new Story(messages.toArray(LockMessage[]::new));
    var expected =
        story.queue.waiting().stream()
            .filter(waiter -> waiter.urgency() == Urgency.WAY_BACK)
            .map(Waiter::run)
            .toList();
    var turns = new ArrayList<Long>();
    while (story.queue.holder() != null) {
      story.then(new Release(story.holder().run()));
      if (story.queue.holder() != null) {
        turns.add(story.holder().run());
      }
    }

    assertThat(turns.subList(0, expected.size())).isEqualTo(expected);
  }

  @Provide
  Arbitrary<List<LockMessage>> messages() {
    var runs = Arbitraries.longs().between(1, 6);
    Arbitrary<LockMessage> announces = runs.map(LockQueueTest::announce);
    Arbitrary<LockMessage> requests =
        Combinators.combine(runs, Arbitraries.of(Urgency.class)).as(LockQueueTest::request);
    Arbitrary<LockMessage> releases = runs.map(Release::new);
    Arbitrary<LockMessage> intents = runs.map(LockQueueTest::intend);
    return Arbitraries.oneOf(List.of(announces, requests, requests, releases, intents))
        .list()
        .ofMaxSize(30);
  }

  private static LockMessage announce(long run) {
    return new Announce(run, id(run));
  }

  private static LockMessage request(long run) {
    return request(run, Urgency.DELIVERY);
  }

  private static LockMessage wayBack(long run) {
    return request(run, Urgency.WAY_BACK);
  }

  private static LockMessage request(long run, Urgency urgency) {
    return new Request(run, id(run), urgency);
  }

  private static Intend intend(long run) {
    return new Intend(
        run,
        Examples.spec(),
        EnvironmentState.EMPTY,
        run,
        Examples.commit(run),
        null,
        List.of(),
        null);
  }

  private static String id(long run) {
    return "run/shop/" + run;
  }

  private static long number(String workflowId) {
    return Long.parseLong(workflowId.substring(workflowId.lastIndexOf('/') + 1));
  }

  /** What messages lead to, one after the other. */
  private static final class Story {
    private final List<Letter> letters = new ArrayList<>();
    private LockQueue queue = LockQueue.EMPTY;

    Story(LockMessage... messages) {
      for (var message : messages) {
        then(message);
      }
    }

    Story then(LockMessage message) {
      var step = queue.on(HERE, message);
      queue = step.queue();
      letters.addAll(step.letters());
      return this;
    }

    Holder holder() {
      return Objects.requireNonNull(queue.holder());
    }

    List<Long> waiting() {
      return queue.waiting().stream().map(Waiter::run).toList();
    }

    List<Long> granted() {
      return letters.stream()
          .filter(letter -> letter.answer() instanceof Granted)
          .map(letter -> number(letter.workflowId()))
          .toList();
    }
  }
}
