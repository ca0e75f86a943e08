package dev.slipway.activities.deployment;

import dev.slipway.action.ActionSpec;
import dev.slipway.action.ClusterSpecs;
import dev.slipway.action.Params;
import dev.slipway.activities.environment.EarlierReleases;
import dev.slipway.activities.step.Action;
import dev.slipway.activities.step.StepContext;
import dev.slipway.activities.target.Exposure;
import dev.slipway.activities.target.Target.RolloutSettings;
import dev.slipway.activities.target.Targets;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * {@code k8s_canary}, {@code k8s_preview} and {@code k8s_switch}: runs an image beside what serves,
 * with a part of the traffic. A first release has nothing beside it, and gets all of it.
 */
public final class ExposeAction implements Action {
  private final ActionSpec spec;
  private final Function<Params, Exposure> exposures;
  private final Targets targets;
  private final EarlierReleases earlier;

  private ExposeAction(
      ActionSpec spec,
      Function<Params, Exposure> exposures,
      Targets targets,
      EarlierReleases earlier) {
    this.spec = spec;
    this.exposures = exposures;
    this.targets = targets;
    this.earlier = earlier;
  }

  /** With a share of the traffic. */
  public static ExposeAction canary(Targets targets, EarlierReleases earlier) {
    return new ExposeAction(ClusterSpecs.K8S_CANARY, ExposeAction::share, targets, earlier);
  }

  static Exposure share(Params params) {
    var percent = params.count(ClusterSpecs.WEIGHT, 0);
    return params
        .text(ClusterSpecs.ROUTE)
        .<Exposure>map(route -> new Exposure.Routed(percent, route))
        .orElseGet(() -> new Exposure.Share(percent));
  }

  /** With none. */
  public static ExposeAction preview(Targets targets, EarlierReleases earlier) {
    return new ExposeAction(
        ClusterSpecs.K8S_PREVIEW, _ -> new Exposure.Preview(), targets, earlier);
  }

  /** With all of it. */
  public static ExposeAction switched(Targets targets, EarlierReleases earlier) {
    return new ExposeAction(
        ClusterSpecs.K8S_SWITCH, _ -> new Exposure.Switched(), targets, earlier);
  }

  @Override
  public ActionSpec spec() {
    return spec;
  }

  @Override
  public StepOutcome perform(StepContext step) throws StepFailedException, InterruptedException {
    var exposure = exposures.apply(step.params());
    var environment = Deployments.environment(step);
    var candidate = Rollouts.beforeAnyChange(() -> Deployments.inCluster(step, earlier));
    var target = Rollouts.beforeAnyChange(() -> targets.of(step.environment().spec()));
    if (step.environment().before().application() == null) {
      step.log().line("nothing serves yet: there is no traffic to share, and nobody to lose");
      return Rollouts.roll(target, step, candidate, RolloutSettings.DEFAULT);
    }
    var url =
        target.expose(
            environment, candidate, exposure, step.environment().fencingToken(), step.log());
    var probe = target.probe(environment, Duration.ZERO, Duration.ofSeconds(1), step.log());
    var evidence = Rollouts.evidence(target, environment, probe);
    Rollouts.refuseProblems(environment, probe, evidence);
    var outcome =
        StepOutcome.of(summary(candidate.labels().release(), exposure))
            .withEvidence(List.of(evidence));
    return url.isEmpty() ? outcome : outcome.withOutputs(Map.of("url", url.get().toString()));
  }

  private static String summary(long release, Exposure exposure) {
    return switch (exposure) {
      case Exposure.Preview _ -> "release %d runs beside what serves".formatted(release);
      case Exposure.Routed(var percent, var route) ->
          "release %d has %d percent of the traffic of %s".formatted(release, percent, route);
      case Exposure.Share(var percent) ->
          "release %d has %d percent of the traffic".formatted(release, percent);
      case Exposure.Switched _ ->
          "release %d has all traffic; what served before still runs".formatted(release);
    };
  }
}
