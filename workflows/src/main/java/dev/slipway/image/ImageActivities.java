package dev.slipway.image;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** What images need done that is no step. */
@ActivityInterface
public interface ImageActivities {
  /**
   * Puts tags on a pushed image; done twice equals done once. It fails with the name of a {@link
   * dev.slipway.action.FailureType}; only what another try can mend is retryable.
   */
  @ActivityMethod(name = "image_tag")
  void tag(ImageTagging request);
}
