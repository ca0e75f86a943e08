package dev.slipway.starter.cli;

import dev.slipway.starter.local.TroubleException;
import dev.slipway.starter.view.Table;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "doctor",
    header = "Say what this machine has, lacks, and what to do.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway doctor          exit code 1 when something that is needed is missing",
      "  slipway doctor --json   for programs",
    })
final class DoctorCommand extends SlipwayCommand {
  private static final long LITTLE_DISK = 2L << 30;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  DoctorCommand(Surroundings surroundings) {
    super(surroundings);
  }

  /** How something stands. */
  enum Health {
    OK,
    WARNING,
    MISSING
  }

  /** A finding, as programs read it. */
  record Finding(String what, Health health, String found, String advice) {}

  @Override
  int execute() throws TroubleException, IOException, InterruptedException {
    var findings = new ArrayList<Finding>();
    findings.add(
        new Finding("Java", Health.OK, System.getProperty("java.runtime.version", "?"), ""));
    findings.add(program("git", Health.MISSING, "Install Git; runs fetch commits with it."));
    findings.add(program("node", Health.WARNING, "Install Node.js; npm actions need it."));
    findings.add(program("npm", Health.WARNING, "Install npm; npm actions need it."));
    findings.add(temporal());
    findings.add(home());
    findings.add(server());
    if (json) {
      surroundings().printJson(findings);
    } else {
      print(findings);
    }
    return findings.stream().anyMatch(finding -> finding.health() == Health.MISSING) ? 1 : 0;
  }

  private Finding program(String name, Health otherwise, String advice)
      throws InterruptedException {
    var path = find(name);
    return path.isEmpty()
        ? new Finding(name, otherwise, "not on the PATH", advice)
        : new Finding(name, Health.OK, version(path.get()), "");
  }

  private Finding temporal() throws InterruptedException {
    var address = surroundings().env().getOrDefault("TEMPORAL_ADDRESS", "");
    if (!address.isBlank()) {
      return new Finding("Temporal", Health.OK, "configured: " + address, "");
    }
    var path = find("temporal");
    return path.isEmpty()
        ? new Finding(
            "Temporal",
            Health.WARNING,
            "no `temporal` on the PATH: runs are kept in memory, without a Web UI",
            "Install Temporal's command line, or set TEMPORAL_ADDRESS.")
        : new Finding("Temporal", Health.OK, version(path.get()), "");
  }

  private Finding home() throws IOException {
    var folder = surroundings().home().folder();
    Files.createDirectories(folder);
    var free = Files.getFileStore(folder).getUsableSpace();
    var found = String.format(Locale.ROOT, "%s, %.1f GiB free", folder, free / (double) (1L << 30));
    if (!Files.isWritable(folder)) {
      return new Finding("home", Health.MISSING, found, "Make it writable, or set SLIPWAY_HOME.");
    }
    return free < LITTLE_DISK
        ? new Finding("home", Health.WARNING, found, "Make room: builds need some GiB.")
        : new Finding("home", Health.OK, found, "");
  }

  private Finding server() throws TroubleException {
    try (var client = surroundings().clients().find().orElse(null)) {
      return client == null
          ? new Finding("server", Health.OK, "none runs; a command that needs one starts it", "")
          : new Finding("server", Health.OK, "Temporal at " + client.address(), "");
    }
  }

  private Optional<Path> find(String name) {
    return Arrays.stream(surroundings().env().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static String version(Path program) throws InterruptedException {
    try {
      var process =
          new ProcessBuilder(program.toString(), "--version").redirectErrorStream(true).start();
      process.getOutputStream().close();
      try (var output = process.inputReader()) {
        var line = output.readLine();
        return line == null ? program.toString() : line;
      } finally {
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      }
    } catch (IOException e) {
      return "%s can't be started: %s".formatted(program, e.getMessage());
    }
  }

  private void print(List<Finding> findings) {
    var paint = surroundings().terminal().paint();
    var table = new Table(paint, "", "WHAT", "FOUND");
    for (var finding : findings) {
      table.row(
          switch (finding.health()) {
            case OK -> "ok";
            case WARNING -> "note";
            case MISSING -> "MISSING";
          },
          finding.what(),
          finding.found());
    }
    surroundings().print(table.lines());
    for (var finding : findings) {
      if (!finding.advice().isEmpty()) {
        surroundings().print("%s: %s".formatted(finding.what(), finding.advice()));
      }
    }
  }
}
