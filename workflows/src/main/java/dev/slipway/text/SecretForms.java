package dev.slipway.text;

import java.util.regex.Pattern;

/** How secrets look, in texts that should have none. */
public final class SecretForms {
  /** Forms that only tokens have: GitHub, GitLab, AWS, Slack, Stripe, npm, JWT, PEM. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "gh[pousr]_[A-Za-z0-9]{20}|github_pat_[A-Za-z0-9_]{20}|glpat-[A-Za-z0-9_-]{16}"
              + "|AKIA[A-Z0-9]{16}|xox[abprs]-[A-Za-z0-9-]{10}|[sr]k_live_[A-Za-z0-9]{10}"
              + "|npm_[A-Za-z0-9]{30}|eyJ[A-Za-z0-9_-]{10,200}\\.eyJ[A-Za-z0-9_-]{10}"
              + "|-----BEGIN [A-Z ]{0,30}PRIVATE KEY");

  private static final Pattern PASSWORD_IN_URL =
      Pattern.compile("[a-z][a-z0-9+.:-]{0,30}://[^/\\s:@]{0,100}:(?!\\$\\{)[^/\\s@]{1,200}@");

  private static final Pattern PASSWORD_AS_PARAMETER =
      Pattern.compile(
          "[?&](?:password|token|api_?key)=(?!\\$\\{)[^&\\s]+", Pattern.CASE_INSENSITIVE);

  private static final Pattern NAME =
      Pattern.compile(
          "(?:password|passwd|secret|token|api[-_]?key|private[-_]?key)$",
          Pattern.CASE_INSENSITIVE);

  private SecretForms() {}

  /** Whether a text has the form of a secret, or a part of it has. */
  public static boolean isIn(String text) {
    return TOKEN.matcher(text).find()
        || PASSWORD_IN_URL.matcher(text).find()
        || PASSWORD_AS_PARAMETER.matcher(text).find();
  }

  /** Whether what has this name is usually a secret. */
  public static boolean isName(String name) {
    return NAME.matcher(name).find();
  }

  /** Whether a value under such a name is one; switches and numbers are none. */
  public static boolean isValue(String value) {
    return !value.isBlank() && !value.matches("true|false|[0-9]+");
  }
}
