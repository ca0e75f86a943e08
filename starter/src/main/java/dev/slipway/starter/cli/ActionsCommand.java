package dev.slipway.starter.cli;

import dev.slipway.action.ActionCatalog;
import dev.slipway.action.ActionSpec;
import dev.slipway.action.Durations;
import dev.slipway.action.ParamSpec;
import dev.slipway.evidence.EvidenceKind;
import dev.slipway.starter.local.TroubleException;
import dev.slipway.starter.view.Table;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "actions",
    header = "List what a step can do, and with which parameters.",
    description = "The same specifications that `slipway validate` checks files against.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway actions                  all of them, a line each",
      "  slipway actions npm_run_test     one, with its parameters and their defaults",
    })
final class ActionsCommand extends SlipwayCommand {
  @Parameters(index = "0", arity = "0..1", paramLabel = "ACTION", description = "All unless given.")
  private @Nullable String action;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  ActionsCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int execute() throws TroubleException {
    var catalog = ActionCatalog.builtIn();
    if (action == null) {
      if (json) {
        surroundings().printJson(catalog.specs());
      } else {
        printAll(catalog);
      }
      return 0;
    }
    var name = action;
    var spec =
        catalog
            .find(name)
            .orElseThrow(
                () ->
                    TroubleException.input(
                        "there is no action " + name, "see all of them: slipway actions"));
    if (json) {
      surroundings().printJson(spec);
    } else {
      print(spec);
    }
    return 0;
  }

  private void printAll(ActionCatalog catalog) {
    var table = new Table(surroundings().terminal().paint(), "ACTION", "WHAT IT DOES");
    catalog.specs().forEach(spec -> table.row(spec.name(), spec.description()));
    surroundings().print(table.lines());
  }

  private void print(ActionSpec spec) {
    surroundings().print(spec.name() + ": " + spec.description());
    surroundings().print("time limit of an attempt: " + Durations.text(spec.timeout()));
    if (!spec.evidence().isEmpty()) {
      surroundings()
          .print(
              "evidence: "
                  + String.join(", ", spec.evidence().stream().map(EvidenceKind::label).toList()));
    }
    if (spec.params().isEmpty()) {
      surroundings().print("It has no parameters.");
      return;
    }
    surroundings().print("");
    var table =
        new Table(surroundings().terminal().paint(), "PARAMETER", "TYPE", "DEFAULT", "WHAT IT IS");
    for (var param : spec.params()) {
      table.row(param.name(), type(param), standard(param), param.description());
    }
    surroundings().print(table.lines());
  }

  private static String type(ParamSpec param) {
    return param.choices().isEmpty()
        ? param.type().description()
        : String.join(" | ", param.choices());
  }

  private static String standard(ParamSpec param) {
    if (param.required()) {
      return "must be given";
    }
    return param.defaultText() == null ? "-" : param.defaultText();
  }
}
