package dev.slipway.starter.cli;

import dev.slipway.starter.doctor.Examination;
import dev.slipway.starter.doctor.Finding;
import dev.slipway.starter.doctor.Finding.Level;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "doctor",
    header = "Check what this machine has and lacks.",
    description = "Exits with 1 when something must be mended before runs can work.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway doctor           a line for each thing, with what to do",
      "  slipway doctor --json    for programs",
    })
final class DoctorCommand extends SlipwayCommand {
  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  DoctorCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int execute() throws InterruptedException {
    var findings = new Examination(surroundings().home(), surroundings().env()).findings();
    if (json) {
      surroundings().printJson(findings);
    } else {
      findings.forEach(this::print);
    }
    return findings.stream().anyMatch(finding -> finding.level() == Level.FAIL) ? 1 : 0;
  }

  private void print(Finding finding) {
    var paint = surroundings().terminal().paint();
    var word = "%-4s".formatted(finding.level().name().toLowerCase(Locale.ROOT));
    var painted =
        switch (finding.level()) {
          case OK -> paint.green(word);
          case WARN -> paint.yellow(word);
          case FAIL -> paint.red(word);
        };
    surroundings().print("%s  %-12s %s".formatted(painted, finding.subject(), finding.found()));
    if (finding.advice() != null) {
      surroundings().print("      %-12s %s".formatted("", finding.advice()));
    }
  }
}
