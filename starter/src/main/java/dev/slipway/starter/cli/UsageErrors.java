package dev.slipway.starter.cli;

import dev.slipway.pipeline.problem.Nearest;
import dev.slipway.starter.cli.Failures.Failure;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what was typed wrong, what was probably meant, and where it can be read. */
final class UsageErrors implements IParameterExceptionHandler {
  private static final int WRONG_INPUT = 2;

  private final Failures failures;

  UsageErrors(Failures failures) {
    this.failures = failures;
  }

  @Override
  public int handleParseException(ParameterException wrong, String[] arguments) {
    return failures.tell(failure(wrong), List.of(arguments));
  }

  private static Failure failure(ParameterException wrong) {
    var line = wrong.getCommandLine();
    return switch (wrong) {
      case UnmatchedArgumentException unmatched -> unmatched(unmatched, line);
      case MissingParameterException missing ->
          new Failure(missing(missing), help(line), WRONG_INPUT);
      case OverwrittenOptionException twice ->
          new Failure(name(twice.getOverwritten()) + " is given twice", help(line), WRONG_INPUT);
      default -> new Failure(unreadable(wrong), help(line), WRONG_INPUT);
    };
  }

  private static Failure unmatched(UnmatchedArgumentException unmatched, CommandLine line) {
    var typed = unmatched.getUnmatched().getFirst();
    var command = line.getCommandSpec().qualifiedName();
    if (unmatched.isUnknownOption()) {
      var option = typed.split("=", 2)[0];
      return new Failure(
          "%s has no option %s".formatted(command, option),
          meant(option, line.getCommandSpec().optionsMap().keySet(), "") + help(line),
          WRONG_INPUT);
    }
    if (!line.getSubcommands().isEmpty()) {
      return new Failure(
          "%s has no command %s".formatted(command, typed),
          meant(typed, line.getSubcommands().keySet(), command + " ") + help(line),
          WRONG_INPUT);
    }
    return new Failure(
        "%s does not know what to do with %s".formatted(command, typed), help(line), WRONG_INPUT);
  }

  /** A question with the word that is near, or that begins so. */
  private static String meant(String typed, Collection<String> known, String before) {
    var begun = known.stream().filter(word -> word.startsWith(typed)).toList();
    return Nearest.to(typed, known)
        .or(() -> begun.size() == 1 ? Optional.of(begun.getFirst()) : Optional.empty())
        .map(near -> "did you mean %s%s? ".formatted(before, near))
        .orElse("");
  }

  private static String help(CommandLine line) {
    return "see: " + line.getCommandSpec().qualifiedName() + " --help";
  }

  private static String missing(MissingParameterException missing) {
    var command = missing.getCommandLine().getCommandSpec().qualifiedName();
    var option =
        missing.getMissing().stream()
            .filter(OptionSpec.class::isInstance)
            .map(OptionSpec.class::cast)
            .findFirst();
    if (option.isPresent()) {
      return "%s needs a value: %s".formatted(name(option.get()), option.get().paramLabel());
    }
    return "%s needs %s"
        .formatted(
            command,
            missing.getMissing().stream()
                .map(ArgSpec::paramLabel)
                .collect(Collectors.joining(" and ")));
  }

  private static String unreadable(ParameterException wrong) {
    var about = wrong.getArgSpec();
    return about == null || wrong.getValue() == null
        ? String.valueOf(wrong.getMessage())
        : "%s is no value for %s".formatted(wrong.getValue(), name(about));
  }

  private static String name(ArgSpec about) {
    return about instanceof OptionSpec option ? option.longestName() : about.paramLabel();
  }
}
