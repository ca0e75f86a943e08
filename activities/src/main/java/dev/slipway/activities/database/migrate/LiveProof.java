package dev.slipway.activities.database.migrate;

import dev.slipway.action.FailureType;
import dev.slipway.activities.database.postgres.PostgresDatabase;
import dev.slipway.activities.database.schema.Schema;
import dev.slipway.activities.step.StepLog;
import dev.slipway.activities.target.Target;
import dev.slipway.activities.target.Target.Probe;
import dev.slipway.artifact.Digest;
import dev.slipway.environment.Deployment;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.step.StepFailedException;
import java.time.Duration;
import java.util.Optional;

/** Sees whether the live release works on the schema as it is now, and keeps that. */
final class LiveProof {
  private static final Duration WINDOW = Duration.ofSeconds(2);
  private static final Duration GLANCE = Duration.ofMillis(500);
  private static final Duration INTERVAL = Duration.ofMillis(200);
  private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(20);

  private final Target target;

  LiveProof(Target target) {
    this.target = target;
  }

  /** Why the live release does not work, before anything is changed; empty when it does. */
  Optional<String> fault(EnvironmentId environment, StepLog log)
      throws StepFailedException, InterruptedException {
    if (target.running(environment).isEmpty()) {
      return Optional.empty();
    }
    var probe = target.probe(environment, GLANCE, INTERVAL, log);
    return isFine(probe) ? Optional.empty() : Optional.of(fault(probe));
  }

  private static boolean isFine(Probe probe) {
    return probe.problems().isEmpty() && probe.failed() == 0 && probe.passed() > 0;
  }

  private static String fault(Probe probe) {
    return probe.problems().isEmpty()
        ? "%d of %d requests failed".formatted(probe.failed(), probe.passed() + probe.failed())
        : String.join("; ", probe.problems());
  }

  /**
   * Proves, unless it is proven already.
   *
   * @param migrated what the live release has not met before, for people
   * @return the release that is proven; empty when nothing runs
   * @throws StepFailedException as unhealthy when it does not work
   */
  Optional<Deployment> prove(
      EnvironmentId environment,
      PostgresDatabase database,
      String migrated,
      long token,
      StepLog log)
      throws StepFailedException, InterruptedException {
    var live = target.running(environment);
    if (live.isEmpty()) {
      log.line("nothing runs in " + environment.name() + ": no release has to bear the schema");
      return live;
    }
    var labels = live.get().labels();
    var schema =
        ChangeSession.looking(
            database,
            STATEMENT_LIMIT,
            (sessions, connection) -> {
              var fingerprint = Schema.of(connection).fingerprint();
              return new Seen(
                  fingerprint, new Bookkeeping(connection).isProven(labels, fingerprint));
            });
    if (schema.proven()) {
      log.line("release %d is proven on this schema already".formatted(labels.release()));
      return live;
    }
    log.progress("does the live release %d work on it?".formatted(labels.release()));
    var probe = target.probe(environment, WINDOW, INTERVAL, log);
    if (!isFine(probe)) {
      throw new StepFailedException(
          FailureType.UNHEALTHY,
          "%s breaks the live release %d: %s".formatted(migrated, labels.release(), fault(probe)),
          "Split it: first only add what the new release needs, and remove or rename when no"
              + " release needs the old any more.");
    }
    ChangeSession.changing(
        database,
        STATEMENT_LIMIT,
        token,
        (sessions, connection) -> {
          if (!Schema.of(connection).fingerprint().equals(schema.fingerprint())) {
            throw new StepFailedException(
                FailureType.CONFLICT,
                "somebody changed the schema while release %d was looked at"
                    .formatted(labels.release()),
                "Find out who; then start the run again.");
          }
          new Bookkeeping(connection).prove(labels, schema.fingerprint());
          return probe;
        });
    log.line(
        "release %d answered %d requests on the new schema"
            .formatted(labels.release(), probe.passed()));
    return live;
  }

  private record Seen(Digest fingerprint, boolean proven) {}
}
