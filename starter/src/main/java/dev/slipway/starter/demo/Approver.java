package dev.slipway.starter.demo;

import dev.slipway.approval.Decision.Answer;
import dev.slipway.approval.DecisionRequest;
import dev.slipway.pipeline.RunId;
import dev.slipway.starter.client.RunClient;
import dev.slipway.starter.client.RunClient.UnknownRunException;
import dev.slipway.starter.client.RunClients;
import dev.slipway.starter.local.TroubleException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Says yes where {@code --yes} was given and nobody is at the terminal. */
final class Approver {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final RunClients clients;

  Approver(RunClients clients) {
    this.clients = clients;
  }

  /** Waits until the run asks, and approves; gives up when the process that follows it ends. */
  void approve(RunId run, Process follower) throws TroubleException, InterruptedException {
    while (follower.isAlive()) {
      var client = clients.find();
      if (client.isPresent()) {
        try (var open = client.get()) {
          if (approveOnceAsked(run, open, follower)) {
            return;
          }
        }
      }
      TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
    }
  }

  /** Whether it could say yes; it could not when the run is unknown to this Temporal so far. */
  private static boolean approveOnceAsked(RunId run, RunClient client, Process follower)
      throws TroubleException, InterruptedException {
    while (follower.isAlive()) {
      try {
        var state = client.state(run);
        if (state.isPresent() && state.get().question() != null) {
          client.decide(
              run,
              new DecisionRequest(Answer.APPROVE, "grace", "--yes", state.get().question().id()));
          return true;
        }
      } catch (UnknownRunException notStartedYet) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
    }
    return true;
  }
}
