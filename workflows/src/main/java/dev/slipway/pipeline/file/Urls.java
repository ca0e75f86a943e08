package dev.slipway.pipeline.file;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/** Absolute URLs that a worker may request. */
final class Urls {
  private Urls() {}

  /** An http or https URL with nothing to be inserted. */
  static Optional<String> http(Value value) {
    return value.text().flatMap(text -> isHttp(text) ? Optional.of(text) : noUrl(value));
  }

  /** The same; one with references is taken as far as it can be read. */
  static Optional<String> template(Value value, List<TemplateUse> uses) {
    return TemplateUse.text(value, uses)
        .flatMap(text -> text.contains("${") || isHttp(text) ? Optional.of(text) : noUrl(value));
  }

  private static Optional<String> noUrl(Value value) {
    return value.mustBe("an http or https URL");
  }

  private static boolean isHttp(String text) {
    try {
      var url = new URI(text);
      return url.getHost() != null
          && ("http".equalsIgnoreCase(url.getScheme())
              || "https".equalsIgnoreCase(url.getScheme()));
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
