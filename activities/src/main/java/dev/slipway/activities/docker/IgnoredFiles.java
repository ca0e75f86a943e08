package dev.slipway.activities.docker;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The rules of a {@code .dockerignore}, as Docker's own client reads them: the last rule that fits
 * a path or a folder above it decides, and {@code !} takes back.
 */
final class IgnoredFiles {
  /** The name of the file with the rules. */
  static final String NAME = ".dockerignore";

  private record Rule(Pattern pattern, boolean ignores) {
    boolean fits(String path) {
      for (var end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
        if (pattern.matcher(path.substring(0, end)).matches()) {
          return true;
        }
      }
      return pattern.matcher(path).matches();
    }
  }

  private final List<Rule> rules;

  private IgnoredFiles(List<Rule> rules) {
    this.rules = rules;
  }

  /** Reads the file's lines. */
  static IgnoredFiles of(List<String> lines) {
    var rules = new ArrayList<Rule>();
    for (var line : lines) {
      var text = line.strip();
      if (text.isEmpty() || line.startsWith("#")) {
        continue;
      }
      var ignores = !text.startsWith("!");
      var path = clean(ignores ? text : text.substring(1).strip());
      if (!path.isEmpty()) {
        rules.add(new Rule(pattern(path), ignores));
      }
    }
    return new IgnoredFiles(List.copyOf(rules));
  }

  /** Whether the build does not see this path, relative to the context and with slashes. */
  boolean contains(String path) {
    var ignored = false;
    for (var rule : rules) {
      if (rule.ignores() != ignored && rule.fits(path)) {
        ignored = rule.ignores();
      }
    }
    return ignored;
  }

  private static String clean(String path) {
    var segments = new ArrayList<String>();
    for (var segment : path.split("/", -1)) {
      if (segment.equals("..")) {
        if (!segments.isEmpty()) {
          segments.removeLast();
        }
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.add(segment);
      }
    }
    return String.join("/", segments);
  }

  /** What is between slashes as in a shell; two asterisks stand for any number of folders. */
  private static Pattern pattern(String path) {
    var regex = new StringBuilder();
    for (var i = 0; i < path.length(); i++) {
      var c = path.charAt(i);
      if (path.startsWith("**", i)) {
        i += path.startsWith("**/", i) ? 2 : 1;
        regex.append(i + 1 == path.length() ? ".*" : "(?:.*/)?");
      } else if (c == '*') {
        regex.append("[^/]*");
      } else if (c == '?') {
        regex.append("[^/]");
      } else if (c == '[' && path.indexOf(']', i + 2) > 0) {
        var end = path.indexOf(']', i + 2);
        regex.append(characters(path.substring(i + 1, end)));
        i = end;
      } else {
        if (c == '\\' && i + 1 < path.length()) {
          c = path.charAt(++i);
        }
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  private static String characters(String inside) {
    var not = inside.startsWith("^");
    var escaped = (not ? inside.substring(1) : inside).replaceAll("[\\[\\]\\\\&^]", "\\\\$0");
    return "[" + (not ? "^/" : "") + escaped + "]";
  }
}
