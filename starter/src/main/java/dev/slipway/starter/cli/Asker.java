package dev.slipway.starter.cli;

import dev.slipway.approval.Decision.Answer;
import dev.slipway.approval.DecisionRequest;
import dev.slipway.approval.Question;
import dev.slipway.pipeline.RunId;
import dev.slipway.run.RunState;
import dev.slipway.starter.client.RunClient.UnknownRunException;
import dev.slipway.starter.client.RunReader;
import dev.slipway.starter.client.RunSight.Seen;
import dev.slipway.starter.local.TroubleException;
import dev.slipway.starter.terminal.Typed;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Asks the person at the terminal for the decision that a run waits for; somebody else may decide
 * meanwhile. Without a person, says how to decide from elsewhere.
 */
final class Asker {
  private static final Duration LOOK = Duration.ofMillis(500);

  private final Surroundings surroundings;
  private final Display display;
  private final boolean asks;
  private final Typed typed = new Typed(System.in);
  private @Nullable String settled;

  Asker(Surroundings surroundings, Display display, FollowOptions options) {
    this.surroundings = surroundings;
    this.display = display;
    this.asks = surroundings.terminal().interactive() && !options.json() && !options.noInput();
  }

  /** Asks once for each question; returns at once when none is open. */
  void ask(RunReader reader, RunState state)
      throws TroubleException, IOException, InterruptedException {
    var question = state.question();
    if (question == null || question.id().equals(settled)) {
      return;
    }
    settled = question.id();
    if (!asks) {
      tellHow(state.id(), question);
      return;
    }
    display.keep();
    prompt("approve? [y]es, [n]o, [l]ater: ");
    while (true) {
      var line = typed.line(LOOK);
      if (line.isPresent() && settles(state.id(), question, line.get())) {
        return;
      }
      if (!isOpen(reader, state.id(), question)) {
        surroundings.print("");
        return;
      }
    }
  }

  private void tellHow(RunId run, Question question) {
    question.shown().forEach(shown -> display.remark("    " + shown));
    display.remark("  yes: slipway approve " + run);
    display.remark("  no:  slipway reject " + run);
  }

  private boolean isOpen(RunReader reader, RunId run, Question question)
      throws TroubleException, IOException {
    return !(reader.look(run) instanceof Seen(var now))
        || (now.question() != null && now.question().id().equals(question.id()));
  }

  private boolean settles(RunId run, Question question, String line)
      throws TroubleException, InterruptedException {
    switch (line.strip().toLowerCase(Locale.ROOT)) {
      case "y", "yes" ->
          decide(run, new DecisionRequest(Answer.APPROVE, by(), null, question.id()));
      case "n", "no" -> {
        prompt("why? ");
        var why = typed.line(Duration.ofMinutes(10)).orElse("").strip();
        decide(
            run,
            new DecisionRequest(Answer.REJECT, by(), why.isEmpty() ? null : why, question.id()));
      }
      case "l", "later" ->
          surroundings.print(
              "decide later: slipway approve %s, slipway reject %s".formatted(run, run));
      default -> {
        prompt("y, n or l: ");
        return false;
      }
    }
    return true;
  }

  private String by() {
    return surroundings.user();
  }

  private void decide(RunId run, DecisionRequest request)
      throws TroubleException, InterruptedException {
    try (var client = surroundings.client()) {
      client.decide(run, request);
    } catch (UnknownRunException e) {
      surroundings.print("the run has ended meanwhile");
    } catch (TroubleException e) {
      surroundings.print("it does not count: " + e.getMessage());
    }
  }

  private void prompt(String text) {
    surroundings.terminal().out().print(text);
    surroundings.terminal().out().flush();
  }
}
