package dev.slipway.activities.scan;

import dev.slipway.action.Durations;
import dev.slipway.action.FailureType;
import dev.slipway.activities.process.Command;
import dev.slipway.activities.process.ProcessExit;
import dev.slipway.activities.step.StepContext;
import dev.slipway.step.StepFailedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The program {@code trivy}. It works in a folder of the attempt: in the commit's it would obey the
 * {@code trivy.yaml} and {@code .trivyignore} that it finds there.
 */
final class Trivy {
  private static final int MOST_VERSION_BYTES = 64 * 1024;
  private static final int SHOWN_LINES = 5;

  /** One download at a time; the others then find the new database. */
  private static final ReentrantLock DOWNLOAD = new ReentrantLock();

  private final StepContext step;
  private final Path cache;
  private final Map<String, String> env;

  /**
   * @param env variables besides those that every program gets
   */
  Trivy(StepContext step, Path cache, Map<String, String> env) {
    this.step = step;
    this.cache = cache;
    this.env = env;
  }

  /**
   * Its version and what its database is.
   *
   * @throws StepFailedException CONFIGURATION when the program is not there
   */
  TrivyVersion version() throws StepFailedException, InterruptedException {
    try {
      var output =
          step.processes()
              .capture(
                  command(List.of("version", "--format", "json")),
                  MOST_VERSION_BYTES,
                  step.log()::line);
      if (output.exit().isSuccess()) {
        return TrivyVersion.read(output.text());
      }
      throw failed("`trivy version` failed", output.exit());
    } catch (StepFailedException e) {
      throw withHowToInstall(e);
    }
  }

  private static StepFailedException withHowToInstall(StepFailedException e) {
    var failure = e.failure();
    return failure.type() == FailureType.CONFIGURATION
        ? new StepFailedException(
            failure.type(),
            failure.happened(),
            "Install Trivy 0.68 or newer on the worker (https://trivy.dev). " + failure.advice(),
            e)
        : e;
  }

  /**
   * Downloads the newest vulnerability database unless the one that is there is new enough for
   * Trivy. Without a network the one that is there may still do, which its age says.
   */
  void updateDatabase() throws StepFailedException, InterruptedException {
    var limit = step.request().timeout().dividedBy(2);
    DOWNLOAD.lockInterruptibly();
    try {
      var exit =
          step.processes()
              .run(
                  command(List.of("image", "--download-db-only", "--no-progress")).within(limit),
                  step.log()::line);
      if (!exit.isSuccess()) {
        step.log().line("the vulnerability database could not be updated");
      }
    } catch (StepFailedException e) {
      if (e.failure().type() != FailureType.TIMEOUT) {
        throw e;
      }
      step.log()
          .line("the vulnerability database could not be updated within " + Durations.text(limit));
    } finally {
      DOWNLOAD.unlock();
    }
  }

  /**
   * Scans.
   *
   * @param report the file that gets everything that was found
   * @throws StepFailedException when it could not look at all of it
   */
  void scan(ScanTarget target, Path report) throws StepFailedException, InterruptedException {
    var arguments = new ArrayList<>(target.arguments());
    var what = arguments.removeLast();
    arguments.addAll(
        List.of(
            "--format",
            "json",
            "--output",
            report.toString(),
            "--exit-code",
            "0",
            "--timeout",
            goTime(step.request().timeout()),
            what));
    var exit = step.processes().run(command(arguments), step.log()::line);
    if (!exit.isSuccess()) {
      throw ScanFailures.of(target, exit);
    }
  }

  /** Writes a report in another format. */
  void convert(Path report, String format, Path to)
      throws StepFailedException, InterruptedException {
    var exit =
        step.processes()
            .run(
                command(
                    List.of(
                        "convert",
                        "--format",
                        format,
                        "--output",
                        to.toString(),
                        report.toString())),
                step.log()::line);
    if (!exit.isSuccess()) {
      throw failed("trivy could not write its report as " + format, exit);
    }
  }

  private Command command(List<String> arguments) {
    var all = new ArrayList<>(List.of("trivy", "--cache-dir", cache.toString()));
    all.addAll(arguments);
    return Command.of(step.temp(), all).withEnv(env);
  }

  private static StepFailedException failed(String happened, ProcessExit exit) {
    return new StepFailedException(
        FailureType.INFRASTRUCTURE,
        "%s with code %d".formatted(happened, exit.code()),
        "It said:\n  " + String.join("\n  ", lastLines(exit)));
  }

  /** The end of what it said. */
  static List<String> lastLines(ProcessExit exit) {
    var lines = exit.lastLines().stream().filter(line -> !line.isBlank()).toList();
    return lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size());
  }

  private static String goTime(Duration time) {
    return String.format(Locale.ROOT, "%ds", Math.max(1, time.toSeconds()));
  }
}
