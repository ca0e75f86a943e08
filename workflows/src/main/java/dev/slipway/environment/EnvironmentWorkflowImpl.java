package dev.slipway.environment;

import dev.slipway.alarm.Alarm;
import dev.slipway.alarm.WorkflowFailures;
import dev.slipway.environment.EnvironmentActivities.Liveness;
import dev.slipway.environment.LockQueue.Holder;
import dev.slipway.environment.LockQueue.Letter;
import dev.slipway.environment.LockQueue.Waiter;
import dev.slipway.json.Json;
import dev.slipway.notification.Notices;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.common.converter.RawValue;
import io.temporal.failure.TemporalException;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Wires {@link LockQueue} to signals, and takes back what a dead run left behind. */
public final class EnvironmentWorkflowImpl implements EnvironmentWorkflow {
  private static final Duration LOOK_AT_HOLDER_WAITED_FOR = Duration.ofSeconds(20);
  private static final Duration LOOK_AT_HOLDER = Duration.ofMinutes(2);
  private static final int MOST_MESSAGES = 500;
  private static final long FIRST_OF_RECOVERY = LockAnswer.TOKENS_PER_GRANT / 2;

  private static final ActivityOptions LOOK =
      ActivityOptions.newBuilder()
          .setStartToCloseTimeout(Duration.ofMinutes(1))
          .setScheduleToCloseTimeout(Duration.ofMinutes(10))
          .setRetryOptions(
              RetryOptions.newBuilder().setMaximumInterval(Duration.ofSeconds(30)).build())
          .build();

  private final EnvironmentActivities activities =
      Workflow.newActivityStub(EnvironmentActivities.class, LOOK);

  private final Notices notices = new Notices();
  private final EnvironmentId environment;
  private final Queue<RawValue> messages = new ArrayDeque<>();
  private LockQueue queue;
  private int handled;
  private int recoverySteps;
  private boolean lookDue;
  private @Nullable Long recovering;
  private @Nullable Long saidStuck;
  private final Set<Long> saidWaiting = new LinkedHashSet<>();

  @WorkflowInit
  public EnvironmentWorkflowImpl(Input input) {
    environment = input.environment();
    queue = input.queue();
    recoverySteps = Objects.requireNonNullElse(input.recoverySteps(), 0);
  }

  @Override
  public void guard(Input input) {
    while (handled < MOST_MESSAGES && !Workflow.getInfo().isContinueAsNewSuggested()) {
      awaitMessageOrLook();
      if (lookDue) {
        lookDue = false;
        lookAtHolder();
      }
      handleMessages();
    }
    notices.awaitBegun();
    // What has come meanwhile would be lost with this execution.
    handleMessages();
    Workflow.continueAsNew(new Input(environment, queue, recoverySteps));
  }

  @Override
  public void lock(RawValue message) {
    messages.add(message);
  }

  @Override
  public State state() {
    var holder = queue.holder();
    return new State(
        environment,
        holder == null ? null : holder.run(),
        queue.waiting().stream().map(Waiter::run).toList(),
        recovering);
  }

  private void awaitMessageOrLook() {
    if (queue.holder() == null) {
      Workflow.await(() -> !messages.isEmpty());
      return;
    }
    var patience = queue.waiting().isEmpty() ? LOOK_AT_HOLDER : LOOK_AT_HOLDER_WAITED_FOR;
    try (var _ = Alarm.after(patience, () -> lookDue = true)) {
      Workflow.await(() -> lookDue || !messages.isEmpty());
    }
  }

  private void handleMessages() {
    for (var raw = messages.poll(); raw != null; raw = messages.poll()) {
      handled++;
      var message = read(raw);
      if (message != null) {
        takes(queue.on(environment.name(), message));
      }
    }
  }

  private void takes(LockQueue.Step step) {
    queue = step.queue();
    step.letters().stream().filter(EnvironmentWorkflowImpl::isSent).forEach(this::send);
  }

  /** Environments that were guarded before tell a holder nothing about who waits for it. */
  private static boolean isSent(Letter letter) {
    return !(letter.answer() instanceof LockAnswer.Wanted)
        || Workflow.getVersion("yield-rules", Workflow.DEFAULT_VERSION, 1) == 1;
  }

  /** A run that is gone can't be told; what it waited for goes to the next one. */
  private void send(Letter letter) {
    try {
      Workflow.newUntypedExternalWorkflowStub(letter.workflowId())
          .signal("environmentAnswered", letter.answer());
    } catch (TemporalException gone) {
      Workflow.getLogger(EnvironmentWorkflowImpl.class)
          .info("{} is gone and was not told {}", letter.workflowId(), letter.answer());
      forget(letter.workflowId());
    }
  }

  private void forget(String workflowId) {
    var holder = queue.holder();
    if (holder != null && holder.workflowId().equals(workflowId) && holder.intent() == null) {
      takes(queue.on(environment.name(), new LockMessage.Release(holder.run())));
    }
  }

  /**
   * Nothing is granted before a dead holder's changes are dealt with, and this workflow must
   * outlive every failure of that: the next look tries again.
   */
  private void lookAtHolder() {
    var holder = queue.holder();
    if (holder == null) {
      return;
    }
    handled++;
    try {
      if (activities.isRunning(holder.workflowId()) == Liveness.RUNNING) {
        return;
      }
      // The last words of a run that has just ended may have arrived meanwhile.
      handleMessages();
      if (holder.equals(queue.holder())) {
        recover(holder);
        takes(queue.afterDeadHolder(environment.name()));
      }
    } catch (TemporalFailure failure) {
      Workflow.getLogger(EnvironmentWorkflowImpl.class)
          .warn("{} could not be looked after yet", environment, failure);
    }
  }

  private void recover(Holder dead) {
    var intent = dead.intent();
    if (intent == null) {
      return;
    }
    var left = new DeadHolder(environment, LOOK, notices, dead, intent, saidWaiting);
    recovering = dead.run();
    try {
      left.recover(queue.head(), () -> dead.firstToken() + FIRST_OF_RECOVERY + recoverySteps++);
    } catch (TemporalFailure failure) {
      if (!Objects.equals(saidStuck, dead.run())) {
        saidStuck = dead.run();
        left.tellStuck(WorkflowFailures.reason(failure));
      }
      throw failure;
    } finally {
      recovering = null;
    }
  }

  private static @Nullable LockMessage read(RawValue raw) {
    try {
      return Json.read(raw.getPayload().getData().toByteArray(), LockMessage.class);
    } catch (RuntimeException e) {
      Workflow.getLogger(EnvironmentWorkflowImpl.class).warn("unreadable message left out", e);
      return null;
    }
  }
}
