package dev.slipway.activities.step;

import dev.slipway.action.Durations;
import dev.slipway.action.FailureType;
import dev.slipway.activities.process.Leftovers;
import dev.slipway.activities.process.ProcessRunner;
import dev.slipway.activities.process.StepMarker;
import dev.slipway.activities.secret.Masking;
import dev.slipway.json.Json;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepFailure;
import dev.slipway.step.StepKey;
import dev.slipway.step.StepOutcome;
import dev.slipway.step.StepRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Performs one attempt of a step: with a workspace and a log of its own, within its time limit, and
 * with nothing of it left when it is over. A step that was done before answers what it answered.
 */
public final class StepPerformer {
  private final StepResources resources;
  private final Outcomes outcomes;
  private final Clock clock;
  private final RunningSteps running = new RunningSteps();

  public StepPerformer(StepResources resources) {
    this.resources = resources;
    this.outcomes = new Outcomes(resources.store());
    this.clock = Clock.systemUTC();
  }

  /** The name of a step's log in the store. */
  public static String logName(StepKey key) {
    return "logs/" + key.path() + ".log";
  }

  /**
   * @throws StepFailedException when the step failed; its failure has the log
   * @throws InterruptedException when the calling thread was interrupted; the step has stopped
   * @throws RuntimeException what the pulse threw; the step has stopped
   */
  public StepOutcome perform(Action action, StepRequest request, Pulse pulse)
      throws StepFailedException, InterruptedException {
    try (var attempt = running.begin(request.key().path(), pulse)) {
      var recorded = recorded(request.key());
      return recorded.isPresent() ? recorded.get() : performLogged(action, request, pulse, attempt);
    } catch (IOException | UncheckedIOException e) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "the worker's home or its store failed: " + e.getMessage(),
          "Is there space, and may the worker's user write there?",
          e);
    }
  }

  private Optional<StepOutcome> recorded(StepKey key) throws StepFailedException, IOException {
    try {
      return outcomes.find(key);
    } catch (IllegalArgumentException e) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "the step `%s` can't be named in the store: %s".formatted(key, e.getMessage()),
          "Names have letters, digits, `.`, `_` and `-` alone.",
          e);
    }
  }

  private StepOutcome performLogged(
      Action action, StepRequest request, Pulse pulse, RunningSteps.Running attempt)
      throws StepFailedException, InterruptedException, IOException {
    var masking = new Masking();
    var masked = new MaskedResults(masking);
    var name = logName(request.key());
    var again = resources.store().readLog(name, 0, 1).length > 0;
    try (var log = new StepLogFile(resources.store(), name, masking, clock)) {
      var began = System.nanoTime();
      if (again) {
        log.line("beginning again: the attempt above has no outcome");
      }
      log.line("%s %s on %s".formatted(action.spec().name(), request.key(), host()));
      try {
        var outcome = masked.of(performInFolders(action, request, pulse, attempt, masking, log));
        log.line("done in %s: %s".formatted(since(began), outcome.summary()));
        return outcomes.record(request.key(), outcome.withLog(log.keep()));
      } catch (StepFailedException e) {
        var failure = masked.of(sure(e.failure(), again)).withLog(null, log.lastLines());
        log.line("failed (%s): %s".formatted(failure.type(), failure.happened()));
        log.line(failure.advice());
        throw failed(failure.withLog(log.keep(), failure.lastLines()), e);
      }
    }
  }

  /** What an earlier attempt of the same round has changed, nobody has said. */
  private static StepFailure sure(StepFailure failure, boolean again) {
    return again ? failure.with(null) : failure;
  }

  private StepOutcome performInFolders(
      Action action,
      StepRequest request,
      Pulse pulse,
      RunningSteps.Running attempt,
      Masking masking,
      StepLogFile log)
      throws StepFailedException, InterruptedException, IOException {
    var folders = AttemptFolders.create(resources.home().work());
    try {
      var marker =
          StepMarker.of(resources.store().identity(), request.key().path(), folders.attempt());
      endLeftovers(marker);
      var context =
          new AttemptContext(
              request,
              folders,
              resources.store(),
              new LateReferences(request, resources, masking),
              new ProcessRunner(marker, resources.environment(), folders.programsTemp()),
              log);
      return new Supervision(
              ActionThread.start(action, context),
              request.timeout(),
              pulse,
              attempt::isSuperseded,
              log::progress,
              log)
          .await();
    } finally {
      delete(folders, log);
    }
  }

  private static void endLeftovers(StepMarker marker) throws StepFailedException {
    var left = Leftovers.endOfStep(marker);
    if (!left.isEmpty()) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "processes of an earlier attempt of this step can't be ended: " + left,
          "End them on the worker's machine; until then this step is not begun again.");
    }
  }

  /** What can't be removed now is removed by the next sweep. */
  private static void delete(AttemptFolders folders, StepLog log) {
    try {
      folders.delete();
    } catch (IOException e) {
      log.line("the attempt's folder could not be removed yet: " + e);
    }
  }

  private static StepFailedException failed(StepFailure failure, StepFailedException cause) {
    var fitting = failure;
    if (Json.bytes(fitting).length > StepOutcome.MOST_BYTES) {
      fitting = fitting.withLog(failure.log(), List.of());
    }
    if (Json.bytes(fitting).length > StepOutcome.MOST_BYTES) {
      fitting = fitting.withEvidence(List.of());
    }
    var failed = new StepFailedException(fitting);
    failed.initCause(cause);
    return failed;
  }

  private static String since(long began) {
    return Durations.text(Duration.ofNanos(System.nanoTime() - began));
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "this machine";
    }
  }
}
