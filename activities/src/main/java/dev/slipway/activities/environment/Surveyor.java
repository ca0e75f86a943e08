package dev.slipway.activities.environment;

import dev.slipway.activities.git.GitMirror;
import dev.slipway.activities.target.Targets;
import dev.slipway.environment.EnvironmentActivities.Survey;
import dev.slipway.environment.EnvironmentActivities.SurveyRequest;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.EnvironmentState;
import dev.slipway.environment.LedgerView;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Looks at what an environment really is, and at how a commit stands to it. */
public final class Surveyor {
  private final Targets targets;
  private final Schemas schemas;
  private final Ledger ledger;
  private final InstantSource clock;

  public Surveyor(Targets targets, Schemas schemas, Ledger ledger, InstantSource clock) {
    this.targets = targets;
    this.schemas = schemas;
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * Surveys an environment. What runs there before a delivery although the ledger is empty becomes
   * its first entry.
   *
   * @param mirror has the application's commits
   */
  public Survey survey(SurveyRequest request, GitMirror mirror)
      throws StepFailedException, InterruptedException, IOException {
    var environment = request.environment();
    var state = look(environment, request.spec());
    var notes = new ArrayList<String>();
    var view = ledger.view(environment, request.head());
    if (request.commit() != null
        && request.grant() != null
        && state.application() != null
        && view.entries().isEmpty()) {
      notes.add(adopt(environment, request.spec(), state));
      view = ledger.view(environment);
    }
    return new Survey(
        request.commit() == null ? state : wanted(view, state, notes),
        view.liveNumber().orElse(null),
        view.nextNumber(),
        new Staleness(ledger).of(request, state.application(), view, mirror),
        notes);
  }

  /** What is really there. */
  public EnvironmentState look(EnvironmentId environment, EnvironmentSpec spec)
      throws StepFailedException, InterruptedException {
    var target = targets.of(spec);
    return new EnvironmentState(
        target.running(environment).orElse(null),
        target.published(environment).orElse(null),
        schemas.state(environment, spec).orElse(null));
  }

  private String adopt(EnvironmentId environment, EnvironmentSpec spec, EnvironmentState state)
      throws IOException {
    var running = state.application();
    if (running == null) {
      throw new IllegalArgumentException("nothing runs that could be adopted");
    }
    var labels = running.labels();
    ledger.append(environment, Adoption.of(running, spec, state, clock.instant()));
    return labels.release() == 0
        ? "%s runs what others deployed; the ledger was empty and begins with it as release 0"
            .formatted(environment.name())
        : "%s runs release %d, as its labels say; the ledger was empty and begins with it"
            .formatted(environment.name(), labels.release());
  }

  /**
   * What a delivery goes back to when it fails. After a way back that failed reality is a mixture,
   * and the live release is what counts.
   */
  private static EnvironmentState wanted(
      LedgerView view, EnvironmentState state, List<String> notes) {
    var live = view.live();
    if (!view.isDamaged() || live.isEmpty()) {
      return state;
    }
    notes.add(
        "the last way back failed; if this run fails it goes back to release %d"
            .formatted(live.get().number()));
    return live.get().state();
  }
}
