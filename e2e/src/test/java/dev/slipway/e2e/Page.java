package dev.slipway.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A page of the documentation: what it shows, and what it says to type. */
final class Page {
  private static final Pattern FENCE =
      Pattern.compile("^```([a-z]*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern INLINE = Pattern.compile("`(slipway [^`]+)`");

  private final String text;

  private Page(String text) {
    this.text = text;
  }

  /**
   * Reads it.
   *
   * @param file in the checkout
   */
  static Page read(String file) throws IOException {
    return new Page(Files.readString(Slipway.PROJECT.resolve(file)));
  }

  /** The pipeline file. */
  String pipeline() {
    return blocks("yaml").getFirst();
  }

  /** The lines to type of the first block that has this one. */
  List<String> typed(String line) {
    return blocks("").stream()
        .map(block -> block.lines().toList())
        .filter(lines -> lines.contains(line))
        .findFirst()
        .orElseThrow();
  }

  /** Every command of the program, from its blocks and its sentences. */
  Set<String> commands() {
    var commands = new LinkedHashSet<String>();
    blocks("")
        .forEach(
            block -> block.lines().filter(l -> l.startsWith("slipway ")).forEach(commands::add));
    INLINE.matcher(text).results().map(found -> found.group(1)).forEach(commands::add);
    return commands;
  }

  private List<String> blocks(String language) {
    var blocks = new ArrayList<String>();
    FENCE
        .matcher(text)
        .results()
        .filter(found -> found.group(1).equals(language))
        .forEach(found -> blocks.add(found.group(2)));
    return blocks;
  }
}
