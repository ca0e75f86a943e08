package dev.slipway.activities.http;

import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * What is requested.
 *
 * @param uri http or https, with a host
 * @param shown without query and fragment, which may hold secrets
 */
record Address(URI uri, String shown) {
  /**
   * @throws StepFailedException CONFIGURATION, without the text, since it may hold a secret
   */
  static Address parse(String text) throws StepFailedException {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw wrong("is no URL: " + e.getReason() + " at character " + (e.getIndex() + 1));
    }
    var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw wrong("must begin with http:// or https://");
    }
    if (uri.getHost() == null) {
      throw wrong("has no host");
    }
    if (uri.getRawUserInfo() != null) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "`params.url` has a user in it, which is not sent",
          "Send it in `params.headers`, as `Authorization: \"Basic ${secret:NAME}\"`.");
    }
    return new Address(uri, shown(uri));
  }

  private static String shown(URI uri) {
    var path = uri.getRawPath();
    return uri.getScheme() + "://" + uri.getRawAuthority() + (path == null ? "" : path);
  }

  private static StepFailedException wrong(String how) {
    return new StepFailedException(
        FailureType.CONFIGURATION,
        "`params.url` " + how,
        "Write it as in `${environment.url}/health` or `https://example.org/health`.");
  }
}
