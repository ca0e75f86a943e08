package dev.slipway.action;

import dev.slipway.evidence.EvidenceKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an action takes, gives and does: the source of validation, schema and reference.
 *
 * @param name in pipeline files, which is also the activity's type
 * @param description one or two sentences for the reference
 * @param params in the order of the reference
 * @param timeout of an attempt when the step names none
 * @param evidence kinds it can produce
 * @param effect what it does to an environment
 * @param makes what later steps can use
 */
public record ActionSpec(
    String name,
    String description,
    List<ParamSpec> params,
    Duration timeout,
    List<EvidenceKind> evidence,
    Effect effect,
    Makes makes) {
  /** What a step leaves for later ones. */
  public enum Makes {
    /** Nothing but its outputs. */
    NOTHING,
    /** Files, which its {@code artifact} keeps. */
    FILES,
    /** An image, which is its output {@code image}; its {@code artifact} keeps where it is. */
    IMAGE
  }

  /** What an action does to an environment. */
  public enum Effect {
    /** Needs none. */
    NONE,
    /** Looks at the environment and changes nothing. */
    OBSERVES,
    /** Changes its schema; must come before any {@link #DEPLOYS}. */
    MIGRATES,
    /** Changes what runs in it. */
    DEPLOYS,
    /** Changes the frontend it serves. */
    PUBLISHES;

    /** Whether a stage with such a step takes the environment's lock. */
    public boolean changes() {
      return switch (this) {
        case NONE, OBSERVES -> false;
        case MIGRATES, DEPLOYS, PUBLISHES -> true;
      };
    }

    /** Whether the step can only stand in a stage that has an environment. */
    public boolean needsEnvironment() {
      return this != NONE;
    }
  }

  public ActionSpec {
    params = List.copyOf(params);
    evidence = List.copyOf(evidence);
  }

  /** An action that makes the files that its parameter {@code output} names, or nothing. */
  public ActionSpec(
      String name,
      String description,
      List<ParamSpec> params,
      Duration timeout,
      List<EvidenceKind> evidence,
      Effect effect) {
    this(
        name,
        description,
        params,
        timeout,
        evidence,
        effect,
        params.stream().anyMatch(param -> param.name().equals("output"))
            ? Makes.FILES
            : Makes.NOTHING);
  }

  /** The parameter of that name. */
  public Optional<ParamSpec> param(String param) {
    return params.stream().filter(spec -> spec.name().equals(param)).findFirst();
  }
}
