package dev.slipway.starter.cli;

import dev.slipway.pipeline.RunId;
import dev.slipway.run.RunState;
import dev.slipway.starter.client.RunSight;
import dev.slipway.starter.client.RunSight.Reason;
import dev.slipway.starter.client.RunSight.Seen;
import dev.slipway.starter.client.RunSight.Unseen;
import dev.slipway.starter.local.TroubleException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
        var sight = reader.look(found);
        var chosen = chosen(sight);
        if (json) {
          surroundings().printJson(read(printer, chosen));
          return 0;
        }
        for (var log : chosen) {
          printer.print(log);
        }
        if (sight instanceof Seen(var state) && state.status().isOutcome()) {
          return 0;
        }
        if (sight instanceof Unseen unseen && (!follow || unseen.reason() == Reason.LOST)) {
          surroundings().remark("%s has written no more: %s".formatted(found, unseen.why()));
          surroundings().remark("  " + unseen.advice());
          return 0;
        }
        if (!follow) {
          return 0;
        }
        Thread.sleep(LOOK);
      }
    }
  }

  /** Logs are there, and worth most, when nobody can say how the run stands. */
  private List<LogPrinter.StepLogName> chosen(RunSight sight) throws TroubleException, IOException {
    return switch (sight) {
      case Seen(var state) -> chosen(state);
      case Unseen unseen ->
          StoredLogs.of(surroundings().store(), unseen.record().input().id()).stream()
              .filter(log -> isWanted(log.stage(), log.step()))
              .toList();
    };
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
        if (candidate.logName() != null && isWanted(stage.name(), candidate.name())) {
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

  private boolean isWanted(String stage, String candidate) {
    return step == null || step.equals(candidate) || step.equals(stage + "/" + candidate);
  }

  private boolean exists(RunState state) {
    return state.stages().stream()
        .anyMatch(
            stage ->
                stage.steps().stream().anyMatch(known -> isWanted(stage.name(), known.name())));
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
