package dev.slipway.starter.demo;

import dev.slipway.activities.local.LocalEnvironments;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.pipeline.RunId;
import dev.slipway.run.RunStatus;
import dev.slipway.starter.client.RunClients;
import dev.slipway.starter.local.TroubleException;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Tells what happens to three commits of the shop, with visitors coming all the while. */
final class Story {
  private static final EnvironmentId PRODUCTION = new EnvironmentId("storefront", "production");

  private final Program program;
  private final Shop shop;
  private final PrintWriter out;
  private final Approval approval;
  private long runs;

  /** Who approves. */
  enum Approval {
    /** The person at the terminal. */
    ASK,
    /** Nobody is there: the demo itself. */
    YES
  }

  /** Thrown when something does not happen as it is told. */
  static final class OtherwiseException extends Exception {
    OtherwiseException(String message) {
      super(message);
    }
  }

  Story(Program program, Shop shop, PrintWriter out, Approval approval) {
    this.program = program;
    this.shop = shop;
    this.out = out;
    this.approval = approval;
  }

  /** Tells it all. */
  void tell()
      throws OtherwiseException,
          IOException,
          InterruptedException,
          StepFailedException,
          TroubleException {
    chapter("1. A good release goes out: built, tested, migrated, approved, rolled out.");
    deliver(RunStatus.SUCCEEDED);
    var address = production();
    say(
        "The shop is open at "
            + address
            + "; from now on "
            + Traffic.RATE
            + " requests a second come in, each counted.");
    try (var visitors = Traffic.to(address)) {
      chapter("2. A discount with a rounding mistake. Its tests fail, so the gate blocks it:");
      say("commit: " + shop.change("2-broken-discount"));
      deliver(RunStatus.BLOCKED);
      chapter(
          "3. Recommendations, with a new table. Every test passes; only real traffic shows"
              + " what is wrong:");
      shop.change("2-fixed-discount");
      say("commit: " + shop.change("3-recommendations"));
      deliver(RunStatus.ROLLED_BACK);
      chapter("What is live now, and how it came to be:");
      command("live");
      command("history", "production");
      visitors.stop();
      say(
          "%d requests were answered meanwhile, %d failed."
              .formatted(visitors.answered(), visitors.failed()));
      if (visitors.failed() > 0) {
        throw new OtherwiseException(
            "no request should have failed: " + visitors.examples().orElse(""));
      }
      if (visitors.answered() == 0) {
        throw new OtherwiseException("no request came through, so nothing is proven");
      }
    }
  }

  private void deliver(RunStatus expected)
      throws OtherwiseException, IOException, InterruptedException, TroubleException {
    var arguments = new ArrayList<>(List.of("run"));
    if (approval == Approval.YES) {
      arguments.add("--no-input");
    }
    prompt(arguments);
    runs++;
    var follower = program.start(arguments);
    try {
      if (approval == Approval.YES) {
        new Approver(new RunClients(program.home(), program.variables()))
            .approve(new RunId("storefront", runs), follower);
      }
      var code = follower.waitFor();
      if (code != expected.exitCode()) {
        throw new OtherwiseException(
            "the run should have ended as %s (exit code %d), not with %d"
                .formatted(expected.text(), expected.exitCode(), code));
      }
    } finally {
      follower.destroy();
    }
  }

  private void command(String... arguments)
      throws OtherwiseException, IOException, InterruptedException {
    prompt(List.of(arguments));
    var code = program.run(arguments);
    if (code != 0) {
      throw new OtherwiseException(
          "slipway %s ended with %d".formatted(String.join(" ", arguments), code));
    }
  }

  private URI production() throws OtherwiseException, StepFailedException, InterruptedException {
    var status = new LocalEnvironments(program.home()).status(PRODUCTION);
    return URI.create(
        "http://127.0.0.1:"
            + status.orElseThrow(() -> new OtherwiseException("production does not run")).port());
  }

  private void chapter(String text) {
    out.println();
    out.println("# " + text);
    out.flush();
  }

  private void say(String text) {
    out.println("  " + text);
    out.flush();
  }

  private void prompt(List<String> arguments) {
    out.println("$ slipway " + String.join(" ", arguments));
    out.flush();
  }
}
