package dev.slipway.action;

import static dev.slipway.action.ParamSpec.choice;
import static dev.slipway.action.ParamSpec.optional;

import dev.slipway.action.ActionSpec.Effect;
import dev.slipway.evidence.EvidenceKind;
import java.time.Duration;
import java.util.List;

/** Actions that look for what must not go live. */
public final class ScanSpecs {
  public static final ActionSpec TRIVY_SCAN =
      new ActionSpec(
          "trivy_scan",
          "Looks with Trivy for known vulnerabilities, secrets and dangerous configuration. A scan"
              + " that could not run, or whose database is missing or too old, fails.",
          List.of(
              choice(
                  "scan",
                  List.of("filesystem", "image", "config"),
                  "image when one is named, else filesystem",
                  "What is looked at: the commit's files, an image, or only the files'"
                      + " configuration."),
              optional(
                  "image", ParamType.TEXT, null, "The image by its digest, such as ${image:STEP}."),
              optional("path", ParamType.PATH, ".", "Which of the commit's files are looked at."),
              optional(
                  "severity",
                  ParamType.TEXT,
                  "HIGH,CRITICAL",
                  "Which findings count: any of UNKNOWN, LOW, MEDIUM, HIGH, CRITICAL."),
              optional(
                  "exitOnVuln",
                  ParamType.FLAG,
                  "true",
                  "Whether findings fail the step at once; otherwise only the gate judges them."),
              optional(
                  "ignoreFile",
                  ParamType.PATH,
                  null,
                  "A YAML list of exceptions: each {id, reason, until: 2030-12-31}."),
              optional(
                  "maxDatabaseAge",
                  ParamType.DURATION,
                  "7d",
                  "An older vulnerability database proves nothing."),
              optional("username", ParamType.TEXT, null, "Who logs in to the image's registry."),
              optional(
                  "password",
                  ParamType.TEXT,
                  null,
                  "The registry's password or token, as a secret: ${secret:NAME}.")),
          Duration.ofMinutes(10),
          List.of(EvidenceKind.SECURITY_SCAN),
          Effect.NONE);

  private ScanSpecs() {}
}
