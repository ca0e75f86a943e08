package dev.slipway.starter.cli;

import picocli.CommandLine.Option;

/** How a run is followed. */
final class FollowOptions {
  @Option(names = "--json", description = "Print the run as JSON when it has ended.")
  private boolean json;

  @Option(
      names = "--plain",
      description = "Print a line for each thing that happens, on a terminal as well.")
  private boolean plain;

  @Option(names = "--no-input", description = "Never ask for a decision.")
  private boolean noInput;

  boolean json() {
    return json;
  }

  boolean plain() {
    return plain;
  }

  boolean noInput() {
    return noInput;
  }
}
