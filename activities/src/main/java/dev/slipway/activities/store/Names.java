package dev.slipway.activities.store;

import java.util.Comparator;
import java.util.regex.Pattern;

/** The names of records and logs: a path of segments that can't leave its folder. */
final class Names {
  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");
  private static final int LONGEST = 1000;

  /** Runs of digits by value, everything else by character: {@code 9} comes before {@code 10}. */
  static final Comparator<String> NATURAL = Names::compare;

  private Names() {}

  /**
   * @throws IllegalArgumentException when the name is empty, absolute, too long or has a segment
   *     that is not of {@code [A-Za-z0-9._-]} or begins with a dot
   */
  static String valid(String name) {
    if (name.length() > LONGEST) {
      throw new IllegalArgumentException(
          "a name of %d characters is too long".formatted(name.length()));
    }
    for (var segment : name.split("/", -1)) {
      if (!SEGMENT.matcher(segment).matches()) {
        throw new IllegalArgumentException("`%s` can't be a name in the store".formatted(name));
      }
    }
    return name;
  }

  private static int compare(String left, String right) {
    var i = 0;
    var j = 0;
    while (i < left.length() && j < right.length()) {
      var leftEnd = endOfRun(left, i);
      var rightEnd = endOfRun(right, j);
      var order =
          leftEnd > i && rightEnd > j
              ? compareNumbers(left.substring(i, leftEnd), right.substring(j, rightEnd))
              : Character.compare(left.charAt(i), right.charAt(j));
      if (order != 0) {
        return order;
      }
      i = Math.max(leftEnd, i + 1);
      j = Math.max(rightEnd, j + 1);
    }
    var rest = Integer.compare(left.length() - i, right.length() - j);
    return rest != 0 ? rest : left.compareTo(right);
  }

  private static int compareNumbers(String left, String right) {
    var l = left.replaceFirst("^0+(?=.)", "");
    var r = right.replaceFirst("^0+(?=.)", "");
    return l.length() != r.length() ? Integer.compare(l.length(), r.length()) : l.compareTo(r);
  }

  private static int endOfRun(String text, int from) {
    var end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }
}
