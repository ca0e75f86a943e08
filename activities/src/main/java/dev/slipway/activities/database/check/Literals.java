package dev.slipway.activities.database.check;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Constants in a condition's text: values that may meet it. */
final class Literals {
  private static final Pattern TEXT = Pattern.compile("'((?:[^']|'')*)'");
  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\w.'])\\(?(-?\\d{1,18}(?:\\.\\d{1,9})?)(?![\\w.'])");
  private static final int MOST = 20;

  private Literals() {}

  /** The constants, and each number's neighbours. */
  static List<String> of(String condition) {
    Set<String> found = new LinkedHashSet<>();
    var texts = TEXT.matcher(condition);
    while (texts.find()) {
      found.add(texts.group(1).replace("''", "'"));
    }
    var numbers = NUMBER.matcher(TEXT.matcher(condition).replaceAll("''"));
    while (numbers.find()) {
      var number = new BigDecimal(numbers.group(1));
      found.add(number.toPlainString());
      found.add(number.add(BigDecimal.ONE).toPlainString());
      found.add(number.subtract(BigDecimal.ONE).toPlainString());
    }
    return found.stream().limit(MOST).toList();
  }
}
