package dev.slipway.starter.cli;

import dev.slipway.activities.environment.Ledger;
import dev.slipway.approval.Decision;
import dev.slipway.environment.LedgerEntry;
import dev.slipway.environment.LedgerEvent;
import dev.slipway.environment.Release;
import dev.slipway.starter.local.TroubleException;
import dev.slipway.starter.view.Table;
import dev.slipway.starter.view.Times;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "history",
    header = "Show what happened in an environment, the latest first.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway history production           of this repository's application",
      "  slipway history storefront/staging   of any application",
    })
final class HistoryCommand extends SlipwayCommand {
  @Parameters(index = "0", paramLabel = "ENVIRONMENT", description = "The environment.")
  private String environment = "";

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  HistoryCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int execute() throws TroubleException, IOException {
    var found = new EnvironmentFinder(surroundings()).one(environment);
    var entries = new Ledger(surroundings().store(), Clock.systemUTC()).view(found).entries();
    if (json) {
      surroundings().printJson(entries.reversed());
      return 0;
    }
    var now = Instant.now();
    var table = new Table(surroundings().terminal().paint(), "WHEN", "RUN", "WHAT");
    for (var entry : entries.reversed()) {
      table.row(Times.relative(entry.at(), now), run(entry), what(entry.event()));
    }
    surroundings().print(table.lines());
    return 0;
  }

  private static String run(LedgerEntry entry) {
    var number =
        switch (entry.event()) {
          case LedgerEvent.Adopted(var release) -> release.run();
          case LedgerEvent.Released(var release) -> release.run();
          case LedgerEvent.Undone undone -> undone.run();
          case LedgerEvent.RolledBack back -> back.run();
          case LedgerEvent.UndoFailed failed -> failed.run();
          case LedgerEvent.Discredited discredited -> discredited.run();
          case LedgerEvent.HoldLifted ignored -> 0;
        };
    return number == 0 ? "-" : Long.toString(number);
  }

  private static String what(LedgerEvent event) {
    return switch (event) {
      case LedgerEvent.Adopted(var release) -> "found release %d".formatted(release.number());
      case LedgerEvent.Released(var release) ->
          "release %d: %s%s".formatted(release.number(), commit(release), approval(release));
      case LedgerEvent.Undone undone ->
          "release %d (%.8s) was undone: %s; %s%s"
              .formatted(
                  undone.release(),
                  undone.commit(),
                  undone.reason(),
                  undone.schema(),
                  undone.held() ? "; the commit is held" : "");
      case LedgerEvent.RolledBack back ->
          "release %d was rolled back to %d by %s: %s; %s%s"
              .formatted(
                  back.from(),
                  back.to(),
                  back.by(),
                  back.reason(),
                  back.schema(),
                  back.held() ? "; the commit is held" : "");
      case LedgerEvent.UndoFailed failed ->
          "release %d could NOT be undone: %s".formatted(failed.release(), failed.reason());
      case LedgerEvent.Discredited discredited ->
          "release %d was %s further on".formatted(discredited.release(), discredited.why());
      case LedgerEvent.HoldLifted(var commit, var by) ->
          "%s lifted the hold of %.8s".formatted(by, commit);
    };
  }

  private static String commit(Release release) {
    var source = release.source();
    return source == null ? "" : source.abbreviatedCommit() + " " + source.subject();
  }

  private static String approval(Release release) {
    return release.decisions().isEmpty()
        ? ""
        : ", approved by "
            + String.join(", ", release.decisions().stream().map(Decision::by).toList());
  }
}
