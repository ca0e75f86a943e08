package dev.slipway.starter.cli;

import dev.slipway.pipeline.RunId;
import dev.slipway.starter.terminal.Terminal;

/** Says, when Ctrl-C ends a command that follows a run, that the run goes on. */
final class Detach implements AutoCloseable {
  private final Thread farewell;

  private Detach(Thread farewell) {
    this.farewell = farewell;
  }

  static Detach armed(RunId run, Terminal terminal) {
    var farewell =
        new Thread(
            () -> {
              terminal.err().println();
              terminal.err().println("detached; " + run + " goes on");
              terminal.err().println("  come back:  slipway watch " + run);
              terminal.err().println("  stop it:    slipway cancel " + run);
            },
            "farewell");
    Runtime.getRuntime().addShutdownHook(farewell);
    return new Detach(farewell);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(farewell);
    } catch (IllegalStateException e) {
      return; // Ctrl-C was quicker
    }
  }
}
