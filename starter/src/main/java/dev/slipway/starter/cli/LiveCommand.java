package dev.slipway.starter.cli;

import dev.slipway.activities.environment.Ledger;
import dev.slipway.activities.local.LocalEnvironments;
import dev.slipway.approval.Decision;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.EnvironmentState;
import dev.slipway.environment.LedgerView;
import dev.slipway.environment.Release;
import dev.slipway.starter.local.TroubleException;
import dev.slipway.starter.view.Table;
import dev.slipway.starter.view.Times;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "live",
    header = "Show what is live, since when, and approved by whom.",
    description = "Reads the ledger, and says so where an environment runs something else.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway live                      every environment of every application",
      "  slipway live production           one of this repository's application",
      "  slipway live storefront/staging   one of any application",
    })
final class LiveCommand extends SlipwayCommand {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ENVIRONMENT",
      description = "Every one unless given.")
  private @Nullable String environment;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  LiveCommand(Surroundings surroundings) {
    super(surroundings);
  }

  /** What is live in an environment, as programs read it. */
  record Line(
      String environment,
      long release,
      @Nullable String commit,
      @Nullable String subject,
      @Nullable String artifact,
      @Nullable String migration,
      @Nullable String assets,
      Instant since,
      List<String> approvedBy,
      long run,
      @Nullable String url,
      @Nullable String drift) {}

  @Override
  int execute() throws TroubleException, IOException, InterruptedException {
    var ledger = new Ledger(surroundings().store(), Clock.systemUTC());
    var local = new LocalEnvironments(surroundings().home());
    var lines = new ArrayList<Line>();
    for (var each : new EnvironmentFinder(surroundings()).find(environment)) {
      var view = ledger.view(each);
      var live = view.live();
      if (live.isPresent()) {
        lines.add(line(each, view, live.get(), local));
      }
    }
    print(lines);
    return 0;
  }

  private static Line line(
      EnvironmentId environment, LedgerView view, Release live, LocalEnvironments local)
      throws InterruptedException {
    EnvironmentState state = live.state();
    var running = state.application();
    var url = Optional.<String>empty();
    var drift = view.isDamaged() ? "the last way back failed" : null;
    try {
      var status = local.status(environment);
      url = status.map(seen -> "http://127.0.0.1:" + seen.port());
      var really = status.map(seen -> seen.running()).orElse(null);
      if (status.isEmpty()) {
        drift = "it is stopped";
      } else if (really == null || !really.equals(running)) {
        drift =
            really == null
                ? "nothing runs there"
                : "release %d runs there".formatted(really.labels().release());
      }
    } catch (StepFailedException e) {
      drift = e.failure().happened();
    }
    var source = live.source();
    return new Line(
        environment.path(),
        live.number(),
        source != null ? source.commit() : running == null ? null : running.labels().commit(),
        source == null ? null : source.subject(),
        running == null ? null : running.artifact().digest().text(),
        state.schema() == null ? null : state.schema().version(),
        state.assets() == null ? null : state.assets().text(),
        live.at(),
        live.decisions().stream().map(Decision::by).toList(),
        live.run(),
        url.orElse(null),
        drift);
  }

  private void print(List<Line> lines) {
    if (json) {
      surroundings().printJson(lines);
      return;
    }
    if (lines.isEmpty()) {
      surroundings().print("nothing is live yet; take a commit there: slipway run");
      return;
    }
    var now = Instant.now();
    var table =
        new Table(
            surroundings().terminal().paint(),
            "ENVIRONMENT",
            "RELEASE",
            "COMMIT",
            "ARTIFACT",
            "MIGRATION",
            "ASSETS",
            "SINCE",
            "APPROVED BY",
            "URL");
    for (var line : lines) {
      table.row(
          line.environment(),
          Long.toString(line.release()),
          line.commit() == null
              ? "-"
              : "%.8s %s".formatted(line.commit(), line.subject() == null ? "" : line.subject()),
          abbreviated(line.artifact()),
          line.migration() == null ? "-" : line.migration(),
          abbreviated(line.assets()),
          Times.relative(line.since(), now),
          line.approvedBy().isEmpty() ? "-" : String.join(", ", line.approvedBy()),
          line.url() == null ? "-" : line.url());
    }
    surroundings().print(table.lines());
    for (var line : lines) {
      if (line.drift() != null) {
        surroundings().remark("note: %s differs: %s".formatted(line.environment(), line.drift()));
      }
    }
  }

  private static String abbreviated(@Nullable String digest) {
    return digest == null ? "-" : digest.substring("sha256:".length()).substring(0, 12);
  }
}
