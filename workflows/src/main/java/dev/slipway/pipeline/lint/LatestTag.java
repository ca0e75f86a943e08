package dev.slipway.pipeline.lint;

/** A tag that moves says nothing about what runs. */
final class LatestTag implements Rule {
  private static final String LATEST = "latest";

  @Override
  public void check(LintedPipeline linted, Findings findings) {
    linted
        .steps()
        .forEach(
            step -> {
              Texts.of(step, "tags")
                  .filter(tag -> isLatest(tag.value()))
                  .forEach(
                      tag ->
                          findings.warning(
                              tag.path(),
                              "the tag `latest` moves: it never says what runs",
                              "deploy by digest; keep the tag for people only"));
              Texts.of(step, "image")
                  .filter(image -> isLatest(image.value()))
                  .forEach(
                      image ->
                          findings.error(
                              image.path(),
                              "an image deployed as `latest` is another one tomorrow",
                              "deploy the image that this run built: `${image:step}`"));
            });
  }

  private static boolean isLatest(String reference) {
    return reference.equals(LATEST) || reference.endsWith(":" + LATEST);
  }
}
