package dev.slipway.activities.plan;

import dev.slipway.text.SecretForms;
import java.util.Set;
import java.util.regex.Pattern;

/** Keeps what may be a secret out of what is shown; rather too much than too little. */
final class Confidential {
  static final String MASK = "***";

  private static final Pattern NAME =
      Pattern.compile(
          "pass(?:word|wd|phrase)?|secret|token|credential|api[-_.]?key|access[-_.]?key"
              + "|private[-_.]?key|signing[-_.]?key",
          Pattern.CASE_INSENSITIVE);

  /** Lines of settings, arguments and headers. */
  private static final Pattern ASSIGNED =
      Pattern.compile(
          "(?:pass(?:word|wd|phrase)?|secret|token|credentials?|(?:api|access|private)[-_.]?key"
              + "|authorization)[\"']?\\s{0,10}[:= ]\\s{0,10}\\S",
          Pattern.CASE_INSENSITIVE);

  /** Fields that only say where a secret is. */
  private static final Set<String> REFERENCES = Set.of("secretName");

  private Confidential() {}

  /**
   * The value, or a mask.
   *
   * @param name under which it stands, such as that of a variable
   */
  static String shown(String name, String value) {
    var isSecret =
        SecretForms.isIn(value)
            || ASSIGNED.matcher(value).find()
            || value.lines().anyMatch(SecretForms::isIn)
            || (NAME.matcher(name).find()
                && !REFERENCES.contains(name)
                && SecretForms.isValue(value));
    return isSecret ? MASK : value;
  }
}
