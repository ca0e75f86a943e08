package dev.slipway.pipeline;

import dev.slipway.pipeline.problem.Nearest;
import dev.slipway.pipeline.problem.Words;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a reference is written between {@code ${} and {@code }}. */
final class ReferenceSyntax {
  private static final List<Reference> WORDS =
      List.of(
          new Reference.CommitSha(),
          new Reference.RunNumber(),
          new Reference.DockerImage(),
          new Reference.EnvironmentUrl(),
          new Reference.EnvironmentName());

  private static final List<String> KINDS = List.of("artifact", "output", "image", "secret");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern SECRET = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");

  private ReferenceSyntax() {}

  /** The reference, or nothing when it is not one. */
  static Optional<Reference> parse(String text) {
    var colon = text.indexOf(':');
    if (colon < 0) {
      return WORDS.stream().filter(word -> word.text().equals(text)).findFirst();
    }
    var name = text.substring(colon + 1);
    return switch (text.substring(0, colon)) {
      case "artifact" -> named(name, NAME).map(Reference.Artifact::new);
      case "image" -> named(name, NAME).map(Reference.Image::new);
      case "secret" -> named(name, SECRET).map(Reference.Secret::new);
      case "output" -> output(name);
      default -> Optional.empty();
    };
  }

  /** What is wrong with a text that is no reference. */
  static Template.Flaw flaw(String text) {
    var written = Words.quoted("${" + text + "}");
    var colon = text.indexOf(':');
    var kind = colon < 0 ? "" : text.substring(0, colon);
    if (KINDS.contains(kind)) {
      return new Template.Flaw(written + " is incomplete", "write " + form(kind));
    }
    var meant =
        colon < 0
            ? Nearest.to(text, WORDS.stream().map(Reference::text).toList())
            : Nearest.to(kind, KINDS).map(near -> near + text.substring(colon));
    return new Template.Flaw(
        "unknown reference " + written,
        meant
            .map(near -> "did you mean " + Words.quoted("${" + near + "}") + "?")
            .orElse("for a literal `${` write `$${`"));
  }

  private static String form(String kind) {
    return switch (kind) {
      case "output" -> "`${output:step.key}`";
      case "image" -> "`${image:step}`";
      case "secret" -> "`${secret:NAME}`, a name of letters, digits and `_`";
      default -> "`${artifact:name}`";
    };
  }

  private static Optional<String> named(String name, Pattern form) {
    return form.matcher(name).matches() ? Optional.of(name) : Optional.empty();
  }

  /** A step's name may hold dots, a key may not. */
  private static Optional<Reference> output(String text) {
    var dot = text.lastIndexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    return named(text.substring(0, dot), NAME)
        .flatMap(
            step ->
                named(text.substring(dot + 1), KEY).map(key -> new Reference.Output(step, key)));
  }
}
