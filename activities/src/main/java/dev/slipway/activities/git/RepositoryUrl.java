package dev.slipway.activities.git;

import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import java.util.regex.Pattern;

/** Keeps credentials in repositories' URLs out of whatever is shown or recorded. */
final class RepositoryUrl {
  /** Git also names a host with its credentials and without its scheme. */
  private static final Pattern USER_INFO =
      Pattern.compile("(?<=://)[^/\\s'\"]*@|[^/\\s'\":@]{1,256}:[^/\\s'\"@]{1,256}@");

  /** A name alone is a token on many web hosts; with SSH it is the account that everyone uses. */
  private static final Pattern CREDENTIALS =
      Pattern.compile("(?i)https?://[^/]*@.*|[a-z0-9+.-]+://[^/]*:[^/]*@.*|https?://[^?]*\\?.*");

  /** Some web hosts take a token there; Git needs none. */
  private static final Pattern QUERY = Pattern.compile("(?i)(https?://[^\\s'\"?]*\\?)[^\\s'\"]*");

  private RepositoryUrl() {}

  /** The text without what stands before the hosts of its URLs, and in their queries. */
  static String masked(String text) {
    return QUERY.matcher(USER_INFO.matcher(text).replaceAll("***@")).replaceAll("$1***");
  }

  /** Refuses a location with credentials, which every history and log of a run would have. */
  static void refuseCredentials(String location) throws StepFailedException {
    if (CREDENTIALS.matcher(location).matches()) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "the URL %s has credentials in it, which the run's history would keep"
              .formatted(masked(location)),
          "Leave out what stands before the host and after a `?`, and let Git's credential helper know it, or use"
              + " SSH.");
    }
  }
}
