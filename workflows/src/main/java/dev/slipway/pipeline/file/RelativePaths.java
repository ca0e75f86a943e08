package dev.slipway.pipeline.file;

import java.util.Arrays;
import java.util.Optional;

/** Paths that can't leave the folder they are relative to. */
final class RelativePaths {
  private RelativePaths() {}

  /** The path as written. */
  static Optional<String> inside(Value value, String folder) {
    return value
        .text()
        .flatMap(
            path ->
                staysInside(path)
                    ? Optional.of(path)
                    : value.mustBe("a relative path inside " + folder));
  }

  private static boolean staysInside(String path) {
    return !path.isBlank()
        && !path.startsWith("/")
        && !path.startsWith("~")
        && !path.matches("[A-Za-z]:.*")
        && path.chars().noneMatch(character -> character == '\\' || character < ' ')
        && Arrays.stream(path.split("/", -1)).noneMatch(".."::equals);
  }
}
