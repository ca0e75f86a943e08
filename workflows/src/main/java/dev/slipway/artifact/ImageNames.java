package dev.slipway.artifact;

import java.util.regex.Pattern;

/** How registries let images be named; see the grammar of the distribution project's references. */
public final class ImageNames {
  private static final String HOST =
      "(?:localhost|[a-zA-Z0-9-]+(?:\\.[a-zA-Z0-9-]+)+|[a-zA-Z0-9-]+(?=:)|\\[[0-9a-fA-F:]+])"
          + "(?::[0-9]{1,5})?";

  private static final String COMPONENT = "[a-z0-9]+(?:(?:\\.|_{1,2}|-+)[a-z0-9]+)*";
  private static final String PATH = COMPONENT + "(?:/" + COMPONENT + ")*";
  private static final int LONGEST = 255;

  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
  private static final Pattern REPOSITORY = Pattern.compile("(?:" + HOST + "/)?" + PATH);
  private static final Pattern REGISTRY = Pattern.compile(HOST + "(?:/" + PATH + ")?|" + COMPONENT);

  private ImageNames() {}

  /** Whether a registry takes this as a tag. */
  public static boolean isTag(String text) {
    return TAG.matcher(text).matches();
  }

  /** Whether this names a repository, like {@code localhost:5000/team/shop}, without a tag. */
  public static boolean isRepository(String text) {
    return text.length() <= LONGEST && REPOSITORY.matcher(text).matches();
  }

  /** Whether this names an image by its digest, like {@code localhost:5000/shop@sha256:…}. */
  public static boolean isByDigest(String text) {
    var at = text.indexOf('@');
    return at > 0
        && isRepository(text.substring(0, at))
        && DIGEST.matcher(text.substring(at + 1)).matches();
  }

  /** Whether an application's name behind this and a slash makes a repository. */
  public static boolean isRegistry(String text) {
    return text.length() < LONGEST - 64 && REGISTRY.matcher(text).matches();
  }
}
