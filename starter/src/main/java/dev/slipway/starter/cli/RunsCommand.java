package dev.slipway.starter.cli;

import dev.slipway.run.RunInput;
import dev.slipway.run.RunRecord;
import dev.slipway.starter.client.RunSight.Seen;
import dev.slipway.starter.client.RunSight.Unseen;
import dev.slipway.starter.local.TroubleException;
import dev.slipway.starter.view.RunTree;
import dev.slipway.starter.view.Table;
import dev.slipway.starter.view.Times;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "runs",
    header = "List runs, the latest first.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway runs                             the latest of all applications",
      "  slipway runs --application storefront    of one",
      "  slipway runs --limit 100 --json          more of them, for programs",
    })
final class RunsCommand extends SlipwayCommand {
  @Option(names = "--application", paramLabel = "NAME", description = "Only this application's.")
  private @Nullable String application;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most this many; ${DEFAULT-VALUE} unless given.",
      defaultValue = "20")
  private int limit = 20;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  RunsCommand(Surroundings surroundings) {
    super(surroundings);
  }

  /**
   * A run in the list, as programs read it.
   *
   * @param status spelt as in {@code slipway status --json}
   */
  record Line(
      String run,
      String status,
      String what,
      String by,
      Instant startedAt,
      @Nullable Instant endedAt) {}

  @Override
  int execute() throws TroubleException, IOException {
    var lines = new ArrayList<Line>();
    var records =
        surroundings().index().allRuns().stream()
            .filter(
                record ->
                    application == null || record.input().id().application().equals(application))
            .limit(limit)
            .toList();
    try (var reader = surroundings().reader()) {
      for (var record : records) {
        lines.add(
            switch (reader.look(record.input().id())) {
              case Seen(var state) ->
                  new Line(
                      state.id().toString(),
                      state.status().name(),
                      state.source() == null
                          ? what(record)
                          : state.source().abbreviatedCommit() + " " + state.source().subject(),
                      state.by(),
                      state.startedAt(),
                      state.endedAt());
              case Unseen unseen ->
                  new Line(
                      record.input().id().toString(),
                      unseen.reason().name(),
                      what(record),
                      record.input().by(),
                      record.startedAt(),
                      null);
            });
      }
    }
    print(lines);
    return 0;
  }

  private static String what(RunRecord record) {
    return switch (record.input().kind()) {
      case RunInput.Deliver deliver -> "%.8s".formatted(deliver.commit());
      case RunInput.Rollback rollback -> "rollback of " + rollback.environment().name();
    };
  }

  private void print(List<Line> lines) {
    if (json) {
      surroundings().printJson(lines);
      return;
    }
    if (lines.isEmpty()) {
      surroundings().print("no runs yet; start one: slipway run");
      return;
    }
    var paint = surroundings().terminal().paint();
    var now = Instant.now();
    var table = new Table(paint, "RUN", "STATUS", "STARTED", "TOOK", "BY", "WHAT");
    for (var line : lines) {
      table.row(
          line.run(),
          RunTree.status(line.status(), paint),
          Times.relative(line.startedAt(), now),
          line.endedAt() == null ? "" : Times.elapsed(line.startedAt(), line.endedAt(), now),
          line.by(),
          line.what());
    }
    surroundings().print(table.lines());
  }
}
