package dev.slipway.starter.cli;

import dev.slipway.starter.demo.DemoCommand;
import dev.slipway.starter.local.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** All commands. */
public final class CommandTree {
  private CommandTree() {}

  @Command(
      name = "slipway",
      header = "Takes commits to verified production.",
      synopsisSubcommandLabel = "COMMAND",
      versionProvider = ProgramVersion.class,
      footerHeading = "%nExamples:%n",
      footer = {
        "  slipway validate       check slipway.yaml",
        "  slipway run            take the current commit through it",
        "  slipway approve        say yes to what the newest run asks",
        "  slipway live           what is live, since when, approved by whom",
        "%nState is kept in SLIPWAY_HOME (~/.slipway unless set).",
        "See how a command works: slipway COMMAND --help"
      })
  static final class Top implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    /** As with git, gh and kubectl: who names no command asks which there are. */
    @Override
    public void run() {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
  }

  static final class ProgramVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"slipway " + Version.text()};
    }
  }

  /** The command line of a process in these surroundings. */
  public static CommandLine of(Surroundings surroundings) {
    var line =
        new CommandLine(new Top())
            .addSubcommand(new ValidateCommand(surroundings))
            .addSubcommand(new ActionsCommand(surroundings))
            .addSubcommand(new PlanCommand(surroundings))
            .addSubcommand(new RunCommand(surroundings))
            .addSubcommand(new WatchCommand(surroundings))
            .addSubcommand(new StatusCommand(surroundings))
            .addSubcommand(new RunsCommand(surroundings))
            .addSubcommand(new LogsCommand(surroundings))
            .addSubcommand(new DecisionCommand.Approve(surroundings))
            .addSubcommand(new DecisionCommand.Reject(surroundings))
            .addSubcommand(new PauseCommand(surroundings))
            .addSubcommand(new CancelCommand(surroundings))
            .addSubcommand(new LiveCommand(surroundings))
            .addSubcommand(new HistoryCommand(surroundings))
            .addSubcommand(new RollbackCommand(surroundings))
            .addSubcommand(
                new CommandLine(new EnvCommand(surroundings))
                    .addSubcommand(new EnvCommand.ListAll(surroundings))
                    .addSubcommand(new EnvCommand.Stop(surroundings))
                    .addSubcommand(new EnvCommand.LiftHold(surroundings)))
            .addSubcommand(
                new CommandLine(new ClusterCommand(surroundings))
                    .addSubcommand(new ClusterCommand.Add(surroundings))
                    .addSubcommand(new ClusterCommand.ListAll(surroundings))
                    .addSubcommand(new ClusterCommand.Remove(surroundings)))
            .addSubcommand(new RbacCommand(surroundings))
            .addSubcommand(new DoctorCommand(surroundings))
            .addSubcommand(new DemoCommand(surroundings.terminal()))
            .addSubcommand(
                new CommandLine(new ServerCommand(surroundings))
                    .addSubcommand(new ServerCommand.Start(surroundings))
                    .addSubcommand(new ServerCommand.Stop(surroundings))
                    .addSubcommand(new ServerCommand.Status(surroundings)));
    prepare(line, surroundings);
    return line;
  }

  private static void prepare(CommandLine line, Surroundings surroundings) {
    var terminal = surroundings.terminal();
    line.setOut(terminal.out());
    line.setErr(terminal.err());
    var colours =
        terminal.interactive() && terminal.paint() == dev.slipway.starter.view.Paint.COLOURS;
    line.setColorScheme(CommandLine.Help.defaultColorScheme(colours ? Ansi.ON : Ansi.OFF));
    line.setUsageHelpWidth(100);
    line.setUsageHelpAutoWidth(false);
    var failures = new Failures(surroundings);
    line.setExecutionExceptionHandler(failures);
    line.setParameterExceptionHandler(new UsageErrors(failures));
    addHelp(line);
  }

  /** Every command has --help; the first also --version. */
  private static void addHelp(CommandLine line) {
    line.getCommandSpec().mixinStandardHelpOptions(true);
    line.getSubcommands().values().forEach(CommandTree::addHelp);
  }
}
