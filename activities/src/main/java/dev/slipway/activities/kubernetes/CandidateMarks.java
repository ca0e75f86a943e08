package dev.slipway.activities.kubernetes;

import dev.slipway.environment.EnvironmentId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Map;
import java.util.Optional;

/** Names and marks of what exists only while a candidate stands beside what serves. */
final class CandidateMarks {
  /** On the candidate's Deployment, pods and Service: the name of the Deployment it stands by. */
  static final String CANDIDATE = "slipway.dev/candidate";

  /** On the candidate's Deployment: how its pods get traffic. */
  static final String TRAFFIC = "slipway.dev/traffic";

  /** On the same: the whole name of the Deployment it stands by, which a label can't hold. */
  static final String BESIDE = "slipway.dev/beside";

  /** On a Service that leads to the candidate: where it led before, as JSON. */
  static final String LED = "slipway.dev/led-before";

  /** On the candidate's Deployment and Service: the HTTPRoute that gives it a share of traffic. */
  static final String ROUTE = "slipway.dev/route";

  /** On an HTTPRoute that gives a candidate a share: what it was before, as JSON. */
  static final String ROUTED = "slipway.dev/routed-before";

  /** On a Deployment that left replicas to a candidate: how many it has by rights. */
  static final String FULL_SIZE = "slipway.dev/full-size";

  private CandidateMarks() {}

  /** Whether it is what we made for a candidate of this environment. */
  static boolean isOurs(HasMetadata object, EnvironmentId environment) {
    return Marks.label(object, CANDIDATE).isPresent()
        && Marks.labels(environment).entrySet().stream()
            .allMatch(
                mark -> Marks.label(object, mark.getKey()).equals(Optional.of(mark.getValue())));
  }

  /** The candidate's Deployment. */
  static String deployment(String beside) {
    return name(beside, "-candidate");
  }

  /** The Service that leads to a candidate alone. */
  static String service(String beside) {
    return name(beside, "-preview");
  }

  /** A Service's name may have no dots. */
  private static String name(String beside, String suffix) {
    return Marks.value(beside.replace('.', '-') + suffix);
  }

  /** What the candidate's pods, and no others, are found by. */
  static Map<String, String> selector(String beside) {
    return Map.of(CANDIDATE, Marks.value(beside));
  }

  /** The name of the Deployment that a candidate stands by. */
  static String beside(Deployment candidate) {
    return Marks.annotation(candidate, BESIDE)
        .or(() -> Marks.label(candidate, CANDIDATE))
        .orElseGet(() -> candidate.getMetadata().getName());
  }

  /** How many replicas a Deployment has when no candidate has a part of them. */
  static int fullSize(Deployment live) {
    var now = RolloutView.number(live.getSpec().getReplicas(), 1);
    return Marks.annotation(live, FULL_SIZE).map(text -> number(text, now)).orElse(now);
  }

  static boolean isReduced(Deployment live) {
    return Marks.annotation(live, FULL_SIZE).isPresent();
  }

  private static int number(String text, int otherwise) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException changedByHand) {
      return otherwise;
    }
  }
}
