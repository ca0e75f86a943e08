package dev.slipway.starter.cli;

import java.util.List;

/** The program {@code slipway}. */
public final class Main {
  private Main() {}

  /** Exits with what the command answers. */
  public static void main(String[] arguments) {
    if (!List.of(arguments).equals(List.of("server"))) {
      // Only the server logs; setting up a logger would cost more than many commands.
      System.setProperty("slf4j.internal.verbosity", "WARN");
      System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
    }
    var surroundings = Surroundings.ofProcess();
    var exitCode = CommandTree.of(surroundings).execute(arguments);
    surroundings.terminal().out().flush();
    surroundings.terminal().err().flush();
    // Not a return: idle threads of a connection would be waited for.
    System.exit(exitCode);
  }
}
