package dev.slipway.activities.report;

import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/** Which files of a folder are meant; {@code **}{@code /} stands for any folders, also for none. */
final class Globs {
  private static final String ANY_FOLDERS = "**/";
  private static final int MOST_ANY_FOLDERS = 4;

  private final List<PathMatcher> matchers;

  private Globs(List<PathMatcher> matchers) {
    this.matchers = matchers;
  }

  /**
   * @throws StepFailedException CONFIGURATION when one can't be read or leaves the folder
   */
  static Globs of(List<String> globs) throws StepFailedException {
    Set<String> all = new LinkedHashSet<>();
    for (var glob : globs) {
      if (glob.startsWith("/") || List.of(glob.split("/", -1)).contains("..")) {
        throw wrong(glob, "leaves the step's directory");
      }
      if (glob.split("\\*\\*/", -1).length - 1 > MOST_ANY_FOLDERS) {
        throw wrong(glob, "has more than %d times `**/`".formatted(MOST_ANY_FOLDERS));
      }
      addVariants("", glob.startsWith("./") ? glob.substring(2) : glob, all);
    }
    var matchers = new java.util.ArrayList<PathMatcher>();
    for (var glob : all) {
      try {
        matchers.add(FileSystems.getDefault().getPathMatcher("glob:" + glob));
      } catch (PatternSyntaxException e) {
        throw wrong(glob, "is no glob: " + e.getDescription());
      }
    }
    return new Globs(List.copyOf(matchers));
  }

  /** A glob for this path alone. */
  static String literal(String path) {
    return path.replaceAll("[*?\\[\\]{}\\\\]", "\\\\$0");
  }

  /** Java's own {@code **}{@code /} asks for one folder at least. */
  private static void addVariants(String done, String rest, Set<String> all) {
    var any = rest.indexOf(ANY_FOLDERS);
    if (any < 0) {
      all.add(done + rest);
      return;
    }
    var before = done + rest.substring(0, any);
    var after = rest.substring(any + ANY_FOLDERS.length());
    addVariants(before + ANY_FOLDERS, after, all);
    addVariants(before, after, all);
  }

  boolean match(Path relative) {
    return matchers.stream().anyMatch(matcher -> matcher.matches(relative));
  }

  private static StepFailedException wrong(String glob, String how) {
    return new StepFailedException(
        FailureType.CONFIGURATION,
        "`%s` in `params.reports` %s".formatted(glob, how),
        "Write a path or a glob inside the step's directory, as `**/TEST-*.xml`.");
  }
}
