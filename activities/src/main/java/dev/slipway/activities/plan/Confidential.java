package dev.slipway.activities.plan;

import dev.slipway.text.SecretForms;
import java.util.Set;
import java.util.regex.Pattern;

/** Keeps what may be a secret out of what is shown; rather too much than too little. */
final class Confidential {
  static final String MASK = "***";

  private static final Pattern NAME =
      Pattern.compile(
          "pass(?:word|wd|phrase)?|pwd|secret|token|credential|auth(?:orization|(?!or))|cookie|dsn"
              + "|account[-_.]?key|api[-_.]?key|access[-_.]?key|private[-_.]?key|signing[-_.]?key"
              + "|[-_]key\\b",
          Pattern.CASE_INSENSITIVE);

  /** Lines of settings, arguments and headers. */
  private static final Pattern ASSIGNED =
      Pattern.compile(
          "(?:pass(?:word|wd|phrase)?|pwd|secret|token|credentials?|auth(?:orization)?|cookie|dsn"
              + "|(?:account|api|access|private|signing)[-_.]?key|[-_]key)"
              + "[\"']?\\s{0,10}[:= ]\\s{0,10}\\S",
          Pattern.CASE_INSENSITIVE);

  /** What people put everything into: variables, headers of probes, settings. */
  private static final Pattern OPEN =
      Pattern.compile(
          "(?:^|[.\\]])(?:env|httpHeaders)\\[.*]\\.value$|^(?:data|binaryData|stringData)(?:[.\\[]|$)",
          Pattern.DOTALL);

  private static final Pattern HARMLESS =
      Pattern.compile("|true|false|-?[0-9]{1,5}|[a-z0-9][a-z0-9._:/-]{0,300}@sha256:[0-9a-f]{64}");

  /** Fields that only say where a secret is. */
  private static final Set<String> REFERENCES = Set.of("secretName");

  private Confidential() {}

  /**
   * The value, or a mask.
   *
   * @param path of the field
   * @param name under which it stands, such as that of a variable
   */
  static String shown(String path, String name, String value) {
    if (OPEN.matcher(path).find() && !HARMLESS.matcher(value).matches()) {
      return MASK;
    }
    var isSecret =
        SecretForms.isIn(value)
            || ASSIGNED.matcher(value).find()
            || (NAME.matcher(name).find()
                && !REFERENCES.contains(name)
                && SecretForms.isValue(value));
    return isSecret ? MASK : value;
  }
}
