package dev.slipway.pipeline.file;

import dev.slipway.pipeline.problem.Place;
import dev.slipway.pipeline.problem.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What names may look like: they become parts of workflow ids, of file names and of URLs. */
final class Names {
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private Names() {}

  /** The name of an application. */
  static Optional<String> id(Value value) {
    return value.text().filter(name -> isId(name, value.place(), value));
  }

  /** Whether the value's label can be an environment's name; reports it when it can't. */
  static boolean isId(Value value, Place namePlace) {
    return isId(value.label(), namePlace, value);
  }

  private static boolean isId(String name, Place place, Value value) {
    if (ID.matcher(name).matches()) {
      return true;
    }
    value
        .problems()
        .error(
            place,
            value.path(),
            Words.quoted(name) + " can't be a name here",
            asId(name)
                .map(near -> "write " + Words.quoted(near) + ": lower-case letters, digits and `-`")
                .or(() -> Optional.of("use lower-case letters, digits and `-`, 63 at most")));
    return false;
  }

  /** The name of a cluster's namespace, which a label of the DNS is. */
  static Optional<String> namespace(Value value) {
    return value
        .text()
        .flatMap(
            name ->
                NAMESPACE.matcher(name).matches()
                    ? Optional.of(name)
                    : value.mustBe("a namespace: lower-case letters, digits and `-`"));
  }

  /** The name of a stage, step or artifact. */
  static Optional<String> name(Value value) {
    var name = value.text();
    if (name.isPresent() && !isName(name.get())) {
      value.error(
          Words.quoted(name.get()) + " can't be a name here",
          "use letters, digits, `.`, `_` and `-`, 64 at most, and not dots alone");
      return Optional.empty();
    }
    return name;
  }

  /** Dots alone would name a folder. */
  static boolean isName(String name) {
    return NAME.matcher(name).matches() && !name.matches("\\.+");
  }

  /** The nearest name that can be one: {@code My Shop} becomes {@code my-shop}. */
  static Optional<String> asId(String text) {
    var id = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    var cut = id.length() > 63 ? id.substring(0, 63) : id;
    return ID.matcher(cut).matches() ? Optional.of(cut) : Optional.empty();
  }

  /** Something that has a name. */
  interface Named {
    String name();

    /** Where it stands. */
    Value at();
  }

  /** Reports each name that stands before in the list. */
  static void mustDiffer(List<? extends Named> all, String kind) {
    var first = new LinkedHashMap<String, Value>();
    for (var named : all) {
      var place = named.at().field("name").orElse(named.at());
      var before = first.putIfAbsent(named.name(), place);
      if (before != null) {
        place.error(
            "a second %s is named %s".formatted(kind, Words.quoted(named.name())),
            "the first one is in line " + before.place().line() + "; rename one");
      }
    }
  }
}
