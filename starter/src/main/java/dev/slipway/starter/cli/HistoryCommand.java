package dev.slipway.starter.cli;

import dev.slipway.environment.LedgerEntry;
import dev.slipway.starter.local.TroubleException;
import dev.slipway.starter.view.LedgerText;
import dev.slipway.starter.view.Paint;
import dev.slipway.starter.view.Table;
import dev.slipway.starter.view.Times;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "history",
    header = "List what happened to an environment, the latest first.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway history production               of this repository's application",
      "  slipway history storefront/production    of any application",
    })
final class HistoryCommand extends SlipwayCommand {
  @Parameters(
      index = "0",
      paramLabel = "ENVIRONMENT",
      description = "Its name, or application/name.")
  private String environment = "";

  @Option(names = "--json", description = "Print the ledger's entries as JSON.")
  private boolean json;

  HistoryCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int execute() throws TroubleException, IOException {
    var finder = new EnvironmentFinder(surroundings());
    var entries = finder.environments().ledger(finder.find(environment)).entries().reversed();
    if (json) {
      surroundings().printJson(entries);
    } else {
      surroundings().print(table(entries, Instant.now(), surroundings().terminal().paint()));
    }
    return 0;
  }

  static List<String> table(List<LedgerEntry> entries, Instant now, Paint paint) {
    var table = new Table(paint, "WHEN", "EVENT", "RELEASE", "RUN", "WHAT");
    for (var entry : entries) {
      var event = entry.event();
      table.row(
          Times.relative(entry.at(), now),
          LedgerText.word(event, paint),
          LedgerText.release(event),
          LedgerText.run(event),
          LedgerText.what(event));
    }
    return table.lines();
  }
}
