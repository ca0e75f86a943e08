package dev.slipway.activities.http;

import dev.slipway.action.ActionSpec;
import dev.slipway.action.CommandSpecs;
import dev.slipway.action.FailureType;
import dev.slipway.activities.step.Action;
import dev.slipway.activities.step.StepContext;
import dev.slipway.evidence.TestResult;
import dev.slipway.evidence.TestResult.Basis;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests a URL until it answers as expected. */
public final class HttpCheckAction implements Action {
  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(10);

  @Override
  public ActionSpec spec() {
    return CommandSpecs.HTTP_CHECK;
  }

  @Override
  public StepOutcome perform(StepContext step) throws StepFailedException, InterruptedException {
    var params = step.params();
    var address = Address.parse(params.required("url"));
    var expectation =
        new Expectation(params.count("expectedStatus", 200), params.text("contains").orElse(null));
    var requests = params.count("retries", 0) + 1L;
    var interval = params.duration("intervalMs", Duration.ofSeconds(1));
    var timeout = step.request().timeout();
    var limit = timeout.compareTo(LONGEST_REQUEST) < 0 ? timeout : LONGEST_REQUEST;
    try (var probe = Probe.of(address, params.textMap("headers"), limit)) {
      for (var request = 1L; ; request++) {
        var problem = look(probe, expectation);
        if (problem.isEmpty()) {
          step.log().line("GET %s: as expected".formatted(address.shown()));
          return succeeded(address, expectation, request);
        }
        step.log()
            .progress(
                "GET %s %s (%d of %d)"
                    .formatted(address.shown(), problem.get(), request, requests));
        if (request == requests) {
          throw failed(address, problem.get(), requests);
        }
        Thread.sleep(interval);
      }
    }
  }

  private static Optional<String> look(Probe probe, Expectation expectation)
      throws InterruptedException {
    return switch (probe.request()) {
      case Probe.Answer answer -> expectation.problem(answer);
      case Probe.NoAnswer none -> Optional.of(none.why());
    };
  }

  private static StepOutcome succeeded(Address address, Expectation expectation, long requests) {
    return StepOutcome.of(
            "%s answered %d%s"
                .formatted(
                    address.shown(),
                    expectation.status(),
                    requests == 1 ? "" : " at request " + requests))
        .withEvidence(List.of(new TestResult(address.shown(), Basis.PROBE, 1, 0, 0, List.of())))
        .withOutputs(Map.of("status", Integer.toString(expectation.status())));
  }

  private static StepFailedException failed(Address address, String problem, long requests) {
    var result = new TestResult(address.shown(), Basis.PROBE, 0, 1, 0, List.of(problem));
    return new StepFailedException(
            FailureType.UNHEALTHY,
            "GET %s %s".formatted(address.shown(), problem),
            requests == 1
                ? "Look at the log of what should answer. A service that is still starting needs"
                    + " `retries`."
                : "It was requested %d times. Look at the log of what should answer."
                    .formatted(requests))
        .withEvidence(List.of(result));
  }
}
