package dev.slipway.starter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.activities.home.Home;
import dev.slipway.starter.terminal.Terminal;
import dev.slipway.starter.view.Paint;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** What people read with {@code --help}; {@code -Dslipway.write.golden=true} writes it anew. */
class HelpTest {
  private static final Path GOLDEN = Path.of("src/test/resources/help");

  private static CommandLine commands() {
    var nowhere = new PrintWriter(new StringWriter());
    return CommandTree.of(
        new Surroundings(
            Home.at(Path.of("/nowhere")),
            Path.of("/nowhere"),
            Map.of(),
            new Terminal(nowhere, nowhere, false, Paint.PLAIN)));
  }

  private static Map<String, CommandLine> all() {
    var all = new TreeMap<String, CommandLine>();
    collect("slipway", commands(), all);
    return all;
  }

  private static void collect(String name, CommandLine line, Map<String, CommandLine> all) {
    all.put(name, line);
    line.getSubcommands().forEach((sub, command) -> collect(name + "-" + sub, command, all));
  }

  static Stream<String> names() {
    return all().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void helpIsAsItWasAgreed(String name) throws IOException {
    var help = Objects.requireNonNull(all().get(name)).getUsageMessage(Ansi.OFF);
    var golden = GOLDEN.resolve(name + ".txt");
    if (Boolean.getBoolean("slipway.write.golden")) {
      Files.createDirectories(GOLDEN);
      Files.writeString(golden, help);
    }

    assertThat(golden).exists();
    assertThat(help).isEqualTo(Files.readString(golden));
  }

  @Test
  void noLineIsWiderThanATerminal() {
    all()
        .forEach(
            (name, line) ->
                assertThat(line.getUsageMessage(Ansi.OFF).lines())
                    .as(name)
                    .allMatch(text -> text.length() <= 100));
  }

  @Test
  void everyCommandSaysWhatItDoes() {
    all()
        .forEach(
            (name, line) ->
                assertThat(line.getCommandSpec().usageMessage().header()).as(name).isNotEmpty());
  }
}
