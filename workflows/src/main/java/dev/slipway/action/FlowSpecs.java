package dev.slipway.action;

import static dev.slipway.action.ParamSpec.optional;

import dev.slipway.action.ActionSpec.Effect;
import java.time.Duration;
import java.util.List;

/** Actions that the run performs itself, without a worker. */
public final class FlowSpecs {
  /** How long a pause is; without it a person ends it. */
  public static final String FOR = "for";

  public static final ActionSpec PAUSE =
      new ActionSpec(
          "pause",
          "Waits for a time, or else until a person says yes; a no, and nobody's answer, end the"
              + " run.",
          List.of(
              optional(
                  FOR, ParamType.DURATION, "until a person decides", "How long the pause is.")),
          Duration.ofDays(1),
          List.of(),
          Effect.NONE);

  private FlowSpecs() {}
}
