package dev.slipway.starter.cli;

import dev.slipway.run.RunId;
import dev.slipway.run.RunState;
import dev.slipway.run.StageState;
import dev.slipway.run.StepState;
import dev.slipway.starter.client.RunSight.Seen;
import dev.slipway.starter.client.RunSight.Unseen;
import dev.slipway.starter.local.TroubleException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "logs",
    header = "Print what steps wrote.",
    description =
        "The logs of every step in order, or of one; also while it works, and after a crash.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway logs                  the newest run's, step by step",
      "  slipway logs test             what one of the newest run's steps printed",
      "  slipway logs 12 test          the same of another run",
      "  slipway logs 12 build/test    where two stages have a step of that name",
      "  slipway logs -f               on and on, until the run ends",
    })
final class LogsCommand extends SlipwayCommand {
  private static final Duration LOOK = Duration.ofMillis(300);

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RUN",
      description = "The newest unless given; may be left out before STEP.")
  private @Nullable String run;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "STEP",
      description = "A step, or stage/step; all unless given.")
  private @Nullable String step;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on until the run has ended.")
  private boolean follow;

  @Option(names = "--json", description = "Print each log as an object with its text.")
  private boolean json;

  LogsCommand(Surroundings surroundings) {
    super(surroundings);
  }

  /** A step's log, as programs read it. */
  record Log(String stage, String step, int round, String text) {}

  @Override
  int execute() throws TroubleException, IOException, InterruptedException {
    if (run != null && step == null && !RunFinder.isName(run)) {
      step = run;
      run = null;
    }
    var found = new RunFinder(surroundings(), surroundings().index()).find(run);
    try (var reader = surroundings().reader()) {
      var printer = new LogPrinter(surroundings().store(), surroundings().terminal(), step == null);
      while (true) {
        var state =
            switch (reader.look(found)) {
              case Seen(var seen) -> Optional.of(seen);
              case Unseen unseen -> {
                if (!follow) {
                  throw TroubleException.failure(
                      "%s can't be seen: %s".formatted(found, unseen.why()), unseen.advice());
                }
                yield Optional.<RunState>empty();
              }
            };
        if (state.isPresent()) {
          var chosen = chosen(state.get());
          if (json) {
            surroundings().printJson(read(printer, chosen));
            return 0;
          }
          for (var log : chosen) {
            printer.print(log);
          }
          if (!follow || state.get().status().isOutcome()) {
            return 0;
          }
        }
        Thread.sleep(LOOK);
      }
    }
  }

  private List<Log> read(LogPrinter printer, List<LogPrinter.StepLogName> chosen)
      throws IOException {
    var logs = new ArrayList<Log>();
    for (var log : chosen) {
      logs.add(new Log(log.stage(), log.step(), log.round(), printer.text(log)));
    }
    return logs;
  }

  private List<LogPrinter.StepLogName> chosen(RunState state) throws TroubleException {
    var all = new ArrayList<LogPrinter.StepLogName>();
    for (var stage : state.stages()) {
      for (var candidate : stage.steps()) {
        if (candidate.logName() != null && isWanted(stage, candidate)) {
          all.add(
              new LogPrinter.StepLogName(
                  stage.name(), candidate.name(), candidate.round(), candidate.logName()));
        }
      }
    }
    if (step != null && !exists(state)) {
      throw unknown(state.id(), state);
    }
    return all;
  }

  private boolean isWanted(StageState stage, StepState candidate) {
    return step == null
        || step.equals(candidate.name())
        || step.equals(stage.name() + "/" + candidate.name());
  }

  private boolean exists(RunState state) {
    return state.stages().stream()
        .anyMatch(stage -> stage.steps().stream().anyMatch(known -> isWanted(stage, known)));
  }

  private TroubleException unknown(RunId id, RunState state) {
    var names =
        state.stages().stream()
            .flatMap(
                stage -> stage.steps().stream().map(known -> stage.name() + "/" + known.name()))
            .collect(Collectors.joining(", "));
    return TroubleException.input(
        "%s has no step %s".formatted(id, step),
        "it has: " + (names.isEmpty() ? "none yet" : names));
  }
}
