package dev.slipway.environment;

import dev.slipway.environment.LockMessage.Intend;
import dev.slipway.environment.LockMessage.Urgency;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who holds an environment and who waits for it: a pure state, which the environment's workflow
 * carries from one of its runs to the next.
 *
 * @param grants how many there were; the fencing tokens rise with them
 * @param holder who may change the environment now
 * @param waiting for the lock or for a person, in order of arrival
 * @param head of the ledger, which every grant passes on; null before anything was recorded
 */
public record LockQueue(
    long grants, @Nullable Holder holder, List<Waiter> waiting, @Nullable LedgerHead head) {
  /** Nobody was ever there. */
  public static final LockQueue EMPTY = new LockQueue(0, null, List.of(), null);

  /**
   * Who may change the environment.
   *
   * @param intent what it is about to do; null before it has said so, and nothing is changed before
   */
  public record Holder(long run, String workflowId, long firstToken, @Nullable Intend intent) {}

  /**
   * Who waits.
   *
   * @param urgency null for a run that waits for a person and does not want the lock yet
   */
  public record Waiter(long run, String workflowId, @Nullable Urgency urgency) {}

  /** An answer that is to be sent to a run. */
  public record Letter(String workflowId, LockAnswer answer) {}

  /** The queue after something happened, and what is to be said about it. */
  public record Step(LockQueue queue, List<Letter> letters) {}

  public LockQueue {
    waiting = List.copyOf(waiting);
  }

  /** What a message changes. */
  public Step on(String environment, LockMessage message) {
    return switch (message) {
      case LockMessage.Announce(var run, var workflowId) ->
          arrive(environment, new Waiter(run, workflowId, null));
      case LockMessage.Request(var run, var workflowId, var urgency) ->
          arrive(environment, new Waiter(run, workflowId, urgency));
      case LockMessage.Intend intend -> new Step(intending(intend), List.of());
      case LockMessage.Recorded(var newest) -> new Step(recorded(newest), List.of());
      case LockMessage.Release(var run) -> without(run).granting(environment);
    };
  }

  /** The queue after its holder was found dead and what it did was taken back. */
  public Step afterDeadHolder(String environment) {
    return new LockQueue(grants, null, waiting, head).granting(environment);
  }

  private Step arrive(String environment, Waiter arrived) {
    if (holder != null && holder.run() == arrived.run()) {
      var again = new LockAnswer.Granted(environment, holder.firstToken(), head);
      return new Step(
          this,
          arrived.urgency() == null ? List.of() : List.of(new Letter(arrived.workflowId(), again)));
    }
    var letters = new ArrayList<Letter>();
    var staying = new ArrayList<Waiter>();
    var newest = newestDelivery(arrived);
    if (isSupersedable(arrived) && newest.isPresent() && newest.get() > arrived.run()) {
      letters.add(
          new Letter(arrived.workflowId(), new LockAnswer.Superseded(environment, newest.get())));
      return new Step(this, letters);
    }
    for (var waiter : waiting) {
      if (waiter.run() == arrived.run()) {
        continue;
      }
      if (isSupersedable(arrived) && isSupersedable(waiter) && waiter.run() < arrived.run()) {
        letters.add(
            new Letter(waiter.workflowId(), new LockAnswer.Superseded(environment, arrived.run())));
        letters.add(
            new Letter(arrived.workflowId(), new LockAnswer.TookPlace(environment, waiter.run())));
      } else {
        staying.add(waiter);
      }
    }
    staying.add(arrived);
    if (holder != null && arrived.urgency() == Urgency.WAY_BACK) {
      letters.add(
          new Letter(holder.workflowId(), new LockAnswer.Wanted(environment, arrived.run())));
    }
    var granted = new LockQueue(grants, holder, staying, head).granting(environment);
    letters.addAll(granted.letters());
    return new Step(granted.queue(), letters);
  }

  private Optional<Long> newestDelivery(Waiter arrived) {
    return waiting.stream()
        .filter(waiter -> isSupersedable(waiter) && waiter.run() != arrived.run())
        .map(Waiter::run)
        .max(Comparator.naturalOrder());
  }

  private static boolean isSupersedable(Waiter waiter) {
    return waiter.urgency() != Urgency.WAY_BACK;
  }

  private LockQueue intending(Intend intend) {
    return holder == null || holder.run() != intend.run()
        ? this
        : new LockQueue(
            grants,
            new Holder(holder.run(), holder.workflowId(), holder.firstToken(), intend),
            waiting,
            head);
  }

  /** Words may arrive in another order than they were said. */
  private LockQueue recorded(LedgerHead newest) {
    return head != null && head.sequence() >= newest.sequence()
        ? this
        : new LockQueue(grants, holder, waiting, newest);
  }

  private LockQueue without(long run) {
    return new LockQueue(
        grants,
        holder != null && holder.run() == run ? null : holder,
        waiting.stream().filter(waiter -> waiter.run() != run).toList(),
        head);
  }

  private Step granting(String environment) {
    if (holder != null) {
      return new Step(this, List.of());
    }
    var next = firstWith(Urgency.WAY_BACK).or(() -> firstWith(Urgency.DELIVERY));
    if (next.isEmpty()) {
      return new Step(this, List.of());
    }
    var waiter = next.get();
    var token = (grants + 1) * LockAnswer.TOKENS_PER_GRANT;
    var queue =
        new LockQueue(
            grants + 1,
            new Holder(waiter.run(), waiter.workflowId(), token, null),
            waiting.stream().filter(other -> other.run() != waiter.run()).toList(),
            head);
    return new Step(
        queue,
        List.of(new Letter(waiter.workflowId(), new LockAnswer.Granted(environment, token, head))));
  }

  private Optional<Waiter> firstWith(Urgency urgency) {
    return waiting.stream().filter(waiter -> waiter.urgency() == urgency).findFirst();
  }
}
