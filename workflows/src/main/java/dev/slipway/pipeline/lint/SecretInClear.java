package dev.slipway.pipeline.lint;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is in the repository is no secret any more. */
final class SecretInClear implements Rule {
  /** Bounded, as what is searched comes from anybody. */
  private static final int LONGEST = 1000;

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

  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "(?:password|passwd|secret|token|api[-_]?key|private[-_]?key)$",
          Pattern.CASE_INSENSITIVE);

  @Override
  public void check(LintedPipeline linted, Findings findings) {
    Stream.concat(
            Stream.concat(
                linted.steps().flatMap(Texts::of),
                linted.environments().stream().flatMap(Texts::of)),
            linted.webhooks())
        .filter(SecretInClear::looksSecret)
        .forEach(
            text ->
                findings.warning(
                    text.path(),
                    "this looks like a secret, and everybody who has the repository has it",
                    "replace the secret, keep the new one on the worker and write `${secret:NAME}`"));
  }

  private static boolean looksSecret(Located<String> text) {
    var value = text.value().substring(0, Math.min(LONGEST, text.value().length()));
    if (TOKEN.matcher(value).find()
        || PASSWORD_IN_URL.matcher(value).find()
        || PASSWORD_AS_PARAMETER.matcher(value).find()) {
      return true;
    }
    return SECRET_NAME.matcher(text.path()).find()
        && !value.isBlank()
        && !value.contains("${")
        && !value.matches("true|false|[0-9]+");
  }
}
