package dev.slipway.activities.run;

import static dev.slipway.activities.environment.ControlledWork.run;

import dev.slipway.action.FailureType;
import dev.slipway.activities.secret.Masking;
import dev.slipway.activities.secret.Secrets;
import dev.slipway.artifact.Digest;
import dev.slipway.image.ImageActivities;
import dev.slipway.image.ImageTagging;
import dev.slipway.pipeline.Interpolation;
import dev.slipway.pipeline.Reference;
import dev.slipway.pipeline.Template;
import dev.slipway.pipeline.UnknownReferenceException;
import dev.slipway.step.StepFailedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Does for images what is no step; secrets are resolved here and appear in no failure. */
public final class ImageControl implements ImageActivities {
  private final Secrets secrets;
  private final Tags tags;

  /** Puts tags on images. */
  @FunctionalInterface
  public interface Tags {
    /**
     * Makes each tag stand for the manifest of that digest; done twice equals done once.
     *
     * @param repository registry and name
     * @param username null without credentials
     * @param password null without credentials
     */
    void attach(
        String repository,
        Digest digest,
        List<String> tags,
        @Nullable String username,
        @Nullable String password)
        throws StepFailedException, InterruptedException;
  }

  public ImageControl(Secrets secrets, Tags tags) {
    this.secrets = secrets;
    this.tags = tags;
  }

  @Override
  public void tag(ImageTagging request) {
    run(
        () -> {
          attach(request);
          return true;
        });
  }

  /** Without an engine around it. */
  void attach(ImageTagging request) throws StepFailedException, InterruptedException {
    var masking = new Masking();
    var username = resolved(request.username(), masking);
    var password = resolved(request.password(), masking);
    if (password != null && password.length() >= 4) {
      masking.add(password);
    }
    try {
      tags.attach(request.repository(), request.digest(), request.tags(), username, password);
    } catch (StepFailedException e) {
      var failure = e.failure();
      // The cause is left out: what it says is not masked.
      throw new StepFailedException(
          failure.type(), masking.mask(failure.happened()), masking.mask(failure.advice()));
    }
  }

  private @Nullable String resolved(@Nullable String text, Masking masking)
      throws StepFailedException {
    if (text == null) {
      return null;
    }
    try {
      var values = new LinkedHashMap<Reference, String>();
      for (var reference : references(text)) {
        if (reference instanceof Reference.Secret(var name)) {
          var secret = secrets.require(name);
          masking.add(secret);
          values.put(reference, secret);
        }
      }
      return Interpolation.finish(text, reference -> Optional.ofNullable(values.get(reference)));
    } catch (IllegalArgumentException | UnknownReferenceException e) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "the login of a registry can't be resolved: " + e.getMessage(),
          "Check `username` and `password` with `slipway validate`.",
          e);
    }
  }

  private static List<Reference> references(String text) {
    return Template.parse(text).references();
  }
}
