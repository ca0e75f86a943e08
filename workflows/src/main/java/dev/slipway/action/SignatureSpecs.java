package dev.slipway.action;

import static dev.slipway.action.ParamSpec.optional;
import static dev.slipway.action.ParamSpec.required;

import dev.slipway.action.ActionSpec.Effect;
import dev.slipway.evidence.EvidenceKind;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Actions that say, and ask, who made an image and of what. */
public final class SignatureSpecs {
  public static final String IMAGE = "image";

  /** The private key. */
  public static final String KEY = "key";

  public static final String KEY_PASSWORD = "keyPassword";
  public static final String PUBLIC_KEY = "publicKey";

  /** The commit that the image must be made of. */
  public static final String COMMIT = "commit";

  private static final ParamSpec WHAT =
      required(IMAGE, ParamType.IMAGE, "The image in its registry, by digest: ${image:STEP}.");

  private static final List<ParamSpec> LOGIN =
      List.of(
          optional(
              ContainerSpecs.USERNAME,
              ParamType.TEXT,
              null,
              "Who logs in to the image's registry."),
          optional(
              ContainerSpecs.PASSWORD,
              ParamType.TEXT,
              null,
              "The registry's password or token, as a secret: ${secret:NAME}."));

  public static final ActionSpec SIGN =
      new ActionSpec(
          "sign",
          "Signs an image with cosign and attaches its provenance (SLSA): commit, repository,"
              + " pipeline file, run and builder. Done twice, it is there once.",
          Stream.concat(
                  Stream.of(
                      WHAT,
                      required(
                          KEY,
                          ParamType.TEXT,
                          "The private key that `cosign generate-key-pair` made, as a secret:"
                              + " ${secret:NAME}."),
                      optional(
                          KEY_PASSWORD,
                          ParamType.TEXT,
                          "none",
                          "What the private key is encrypted with, as a secret: ${secret:NAME}.")),
                  LOGIN.stream())
              .toList(),
          Duration.ofMinutes(5),
          List.of(),
          Effect.NONE);

  public static final ActionSpec VERIFY_SIGNATURE =
      new ActionSpec(
          "verify_signature",
          "Asks whether an image is signed with a key, and made of this run's commit. Whatever"
              + " can't be verified fails.",
          Stream.concat(
                  Stream.of(
                      WHAT,
                      required(
                          PUBLIC_KEY,
                          ParamType.TEXT,
                          "The public key in PEM, or a path of the commit that has it. As a secret"
                              + " it is the worker's, and no commit can bring its own."),
                      optional(
                          COMMIT,
                          ParamType.TEXT,
                          "${COMMIT_SHA}",
                          "The commit that the image must be made of, by its full hash; `any` when"
                              + " every commit will do.")),
                  LOGIN.stream())
              .toList(),
          Duration.ofMinutes(5),
          List.of(EvidenceKind.SIGNATURE),
          Effect.NONE);

  private SignatureSpecs() {}
}
