package dev.slipway.starter.cli;

import dev.slipway.approval.Decision.Answer;
import dev.slipway.approval.DecisionRequest;
import dev.slipway.approval.Question;
import dev.slipway.pipeline.RunId;
import dev.slipway.run.RunState;
import dev.slipway.starter.client.RunClient;
import dev.slipway.starter.client.RunClient.UnknownRunException;
import dev.slipway.starter.local.TroubleException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says yes or no to what a run asks. */
abstract class DecisionCommand extends SlipwayCommand {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RUN",
      description = "The newest unless given.")
  private @Nullable String run;

  @Option(
      names = "--comment",
      paramLabel = "TEXT",
      description = "Why; it is kept with the release.")
  private @Nullable String comment;

  @Option(names = "--by", paramLabel = "NAME", description = "Who decides; you unless given.")
  private @Nullable String by;

  @Option(names = "--json", description = "Print the run as JSON.")
  private boolean json;

  private final Answer answer;

  DecisionCommand(Surroundings surroundings, Answer answer) {
    super(surroundings);
    this.answer = answer;
  }

  @Override
  int execute() throws TroubleException, IOException, InterruptedException {
    var found = new RunFinder(surroundings(), surroundings().index()).findToChange(run);
    try (var client = surroundings().client()) {
      var question = asked(client, found);
      print(client.decide(found, request(question)), question);
      return 0;
    } catch (UnknownRunException e) {
      throw new TroubleException(
          TroubleException.Kind.INPUT,
          found + " asks nothing: it has ended",
          "see how: slipway status " + found,
          e);
    }
  }

  /** The question that is open now: an answer to it never counts for another one. */
  private Question asked(RunClient client, RunId run) throws TroubleException, UnknownRunException {
    var state =
        client
            .state(run)
            .orElseThrow(
                () ->
                    TroubleException.failure(
                        "no worker answers for " + run, "see why: slipway status " + run));
    if (state.question() == null) {
      throw TroubleException.input(
          run + " asks nothing now", "see where it stands: slipway status " + run);
    }
    return state.question();
  }

  private DecisionRequest request(Question question) {
    return new DecisionRequest(
        answer, by == null ? surroundings().user() : by, comment, question.id());
  }

  private void print(RunState state, Question answered) {
    if (json) {
      surroundings().printJson(state);
      return;
    }
    var question = state.question();
    surroundings()
        .print(
            "%s: %s: %s%s"
                .formatted(
                    state.id(),
                    answer == Answer.APPROVE ? "approved" : "rejected",
                    answered.subject(),
                    question == null || question.decisions().size() >= question.quorum()
                        ? ""
                        : "; %d of %d have decided"
                            .formatted(question.decisions().size(), question.quorum())));
  }

  @Command(
      name = "approve",
      header = "Say yes to what a run asks.",
      description =
          "The decision is bound to what the run has shown; see it with `slipway status`.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  slipway approve                              the newest run's question",
        "  slipway approve 12 --comment \"looks good\"    with a word",
        "Any Temporal client can approve as well:",
        "  temporal workflow signal --workflow-id run/storefront/12 --name approve \\",
        "      --input '{\"by\": \"alex\"}' --address ADDRESS    (see: slipway server status)",
      })
  static final class Approve extends DecisionCommand {
    Approve(Surroundings surroundings) {
      super(surroundings, Answer.APPROVE);
    }
  }

  @Command(
      name = "reject",
      header = "Say no to what a run asks.",
      description =
          "The run ends before the environment is changed; nothing goes back to its release later.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  slipway reject                                 the newest run's question",
        "  slipway reject 12 --comment \"not on a Friday\"  with a word",
      })
  static final class Reject extends DecisionCommand {
    Reject(Surroundings surroundings) {
      super(surroundings, Answer.REJECT);
    }
  }
}
