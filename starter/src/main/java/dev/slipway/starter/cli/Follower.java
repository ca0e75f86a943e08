package dev.slipway.starter.cli;

import dev.slipway.pipeline.RunId;
import dev.slipway.run.RunState;
import dev.slipway.run.RunStatus;
import dev.slipway.starter.client.RunReader;
import dev.slipway.starter.client.RunSight.Seen;
import dev.slipway.starter.client.RunSight.Unseen;
import dev.slipway.starter.local.TroubleException;
import dev.slipway.starter.view.RunSummary;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Follows a run to its end, through restarts of the server. */
final class Follower {
  private static final Duration LOOK = Duration.ofMillis(300);
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration BEFORE_RESTART = Duration.ofSeconds(2);

  private final Surroundings surroundings;
  private final FollowOptions options;
  private @Nullable Instant unseenSince;
  private boolean helped;

  Follower(Surroundings surroundings, FollowOptions options) {
    this.surroundings = surroundings;
    this.options = options;
  }

  /**
   * Follows a run.
   *
   * @return the exit code of its outcome
   */
  int follow(RunId run) throws TroubleException, IOException, InterruptedException {
    var display = display();
    var asker = new Asker(surroundings, display, options);
    try (var reader = surroundings.reader();
        var _ = Detach.armed(run, surroundings.terminal())) {
      while (true) {
        switch (reader.look(run)) {
          case Seen(var state) -> {
            unseenSince = null;
            helped = false;
            display.show(state);
            if (state.status().isOutcome()) {
              display.keep();
              return end(state, display);
            }
            asker.ask(reader, state);
          }
          case Unseen unseen -> bear(unseen, display, reader);
        }
        Thread.sleep(LOOK);
      }
    }
  }

  private Display display() throws IOException {
    var terminal = surroundings.terminal();
    if (options.json()) {
      return new Display.Plain(terminal.err(), terminal);
    }
    return terminal.interactive() && !options.plain()
        ? new Display.Live(terminal, new LogTails(surroundings.store()))
        : new Display.Plain(terminal.out(), terminal);
  }

  /** A server that was ended or died is started again, and the run goes on. */
  private void bear(Unseen unseen, Display display, RunReader reader)
      throws TroubleException, InterruptedException {
    var run = unseen.record().input().id();
    switch (unseen.reason()) {
      case LOST ->
          throw TroubleException.failure(run + " is lost: " + unseen.why(), unseen.advice());
      case ASLEEP -> {
        var now = Instant.now();
        if (unseenSince == null) {
          unseenSince = now;
          return;
        }
        var absent = Duration.between(unseenSince, now);
        if (absent.compareTo(PATIENCE) > 0) {
          throw TroubleException.failure(
              "%s can't be seen: %s".formatted(run, unseen.why()),
              "it is not lost; try again: slipway watch " + run);
        }
        if (absent.compareTo(BEFORE_RESTART) > 0 && !helped) {
          helped = true;
          display.remark("%s; the run waits for it".formatted(unseen.why()));
          reader.forget();
          surroundings.client().close();
        }
      }
    }
  }

  private int end(RunState state, Display display) throws InterruptedException {
    if (options.json()) {
      surroundings.printJson(state);
    } else {
      surroundings.print("");
      var terminal = surroundings.terminal();
      surroundings.print(
          switch (display) {
            case Display.Live _ -> RunSummary.lines(state, terminal.paint(), terminal.columns());
            case Display.Plain _ ->
                RunSummary.afterNews(state, terminal.paint(), terminal.columns());
          });
    }
    if (state.status() == RunStatus.INVALID) {
      state.problems().forEach(surroundings::remark);
    }
    return state.status().exitCode();
  }
}
