package dev.slipway.starter.cli;

import dev.slipway.environment.EnvironmentId;
import dev.slipway.starter.client.LiveRelease;
import dev.slipway.starter.local.TroubleException;
import dev.slipway.starter.view.Paint;
import dev.slipway.starter.view.Table;
import dev.slipway.starter.view.Times;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "live",
    header = "Say what is live: commit, schema, frontend, since when, approved by whom.",
    description = "From the ledger, held against what really runs.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway live                  every environment",
      "  slipway live production       everything about one",
      "  slipway live storefront       everything about each of an application",
      "  slipway live --json           for programs",
    })
final class LiveCommand extends SlipwayCommand {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "NAME",
      description = "An environment, or an application for each of its; all unless given.")
  private @Nullable String name;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  LiveCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int execute() throws TroubleException, IOException, InterruptedException {
    var finder = new EnvironmentFinder(surroundings());
    var wanted = name == null ? finder.meant() : finder.called(name);
    var releases = new ArrayList<LiveRelease>();
    for (var one : wanted) {
      releases.add(look(finder, one));
    }
    if (json) {
      surroundings().printJson(releases);
    } else if (name != null) {
      for (var live : releases) {
        surroundings().print(details(live, surroundings().terminal().paint()));
      }
    } else if (releases.isEmpty()) {
      surroundings().print("nothing is live; deliver something: slipway run");
    } else {
      surroundings().print(table(releases, Instant.now(), surroundings().terminal().paint()));
    }
    return 0;
  }

  private static LiveRelease look(EnvironmentFinder finder, EnvironmentId environment)
      throws TroubleException, IOException, InterruptedException {
    try {
      return finder.environments().live(environment);
    } catch (StepFailedException e) {
      throw TroubleException.of(TroubleException.Kind.FAILURE, e);
    }
  }

  static List<String> table(List<LiveRelease> releases, Instant now, Paint paint) {
    var table =
        new Table(
            paint,
            "ENVIRONMENT",
            "RELEASE",
            "COMMIT",
            "MIGRATION",
            "ASSETS",
            "SINCE",
            "APPROVED BY",
            "URL",
            "WHAT");
    for (var live : releases) {
      table.row(
          live.environment(),
          live.release() == null ? "none" : live.release().toString(),
          brief(live.commit()),
          Objects.requireNonNullElse(live.migration(), "-"),
          brief(live.assets()),
          live.since() == null ? "-" : Times.relative(live.since(), now),
          live.approvedBy().isEmpty() ? "-" : String.join(", ", live.approvedBy()),
          live.url() == null ? "-" : live.url().toString(),
          Objects.requireNonNullElse(live.subject(), "")
              + (live.drift() == null ? "" : " " + paint.red("(" + live.drift() + ")")));
    }
    return table.lines();
  }

  /** The first characters of a hash or digest. */
  private static String brief(@Nullable String hash) {
    if (hash == null) {
      return "-";
    }
    var hex = hash.substring(hash.indexOf(':') + 1);
    return hex.substring(0, Math.min(8, hex.length()));
  }

  private static List<String> details(LiveRelease live, Paint paint) {
    var lines = new ArrayList<String>();
    lines.add(
        paint.bold(live.environment())
            + (live.release() == null ? "  nothing is live" : "  release " + live.release()));
    detail(lines, paint, "commit", live.commit());
    detail(lines, paint, "subject", live.subject());
    detail(lines, paint, "artifact", live.artifact());
    detail(lines, paint, "migration", live.migration());
    detail(lines, paint, "assets", live.assets());
    detail(lines, paint, "configuration", live.configuration());
    detail(lines, paint, "approved by", String.join(", ", live.approvedBy()));
    detail(lines, paint, "since", live.since());
    detail(lines, paint, "run", live.run());
    detail(lines, paint, "url", live.url());
    if (live.drift() != null) {
      detail(lines, paint, "but", paint.red(live.drift()));
    }
    return lines;
  }

  private static void detail(
      List<String> lines, Paint paint, String name, @Nullable Comparable<?> value) {
    if (value != null && !value.toString().isEmpty()) {
      lines.add("  %s%s%s".formatted(paint.dim(name), " ".repeat(15 - name.length()), value));
    }
  }
}
