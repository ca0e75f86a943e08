package dev.slipway.pipeline.yaml;

import dev.slipway.pipeline.problem.Place;
import dev.slipway.pipeline.problem.Problem;
import dev.slipway.pipeline.problem.Problem.Severity;
import dev.slipway.text.Printable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads one YAML 1.2 document (core schema) or JSON from bytes that nobody vouches for: it never
 * throws, takes time and memory in proportion to its limits, and needs no deep stack.
 */
public final class YamlReader {
  /** The longest file. */
  public static final int MOST_BYTES = 1024 * 1024;

  /** The deepest nesting. */
  public static final int MOST_DEPTH = 32;

  /** The most names and values, with aliases written out. */
  public static final int MOST_NODES = 10_000;

  /** The longest name, in UTF-16 units. */
  public static final int LONGEST_NAME = 128;

  private YamlReader() {}

  /** The document's tree, or the one reason why there is none. */
  public static YamlDocument read(byte[] content) {
    try {
      return read(SourceText.of(content));
    } catch (UnreadableException e) {
      return unreadable(e.place(), e.problem(), Optional.of(e.suggestion()));
    }
  }

  private static YamlDocument read(String text) throws UnreadableException {
    try {
      var tree = new TreeBuilder();
      var settings = settings(text);
      var events = new ParserImpl(settings, new StreamReader(settings, text));
      while (events.hasNext()) {
        tree.accept(events.next());
      }
      return tree.document();
    } catch (ReaderException e) {
      return unreadable(
          SourceText.placeOf(text.offsetByCodePoints(0, e.getPosition()), text),
          "character U+%04X is not allowed in YAML".formatted(e.getCodePoint()),
          Optional.of("remove it, or write it as an escape in a double-quoted text"));
    } catch (MarkedYamlEngineException e) {
      throw Complaint.of(e, text);
    } catch (YamlEngineException e) {
      return unreadable(Place.START, "not YAML: " + oneLine(e.getMessage()), Optional.empty());
    }
  }

  /**
   * The buffer holds the whole text: with a smaller one the parser copies long texts again and
   * again and fails on a character of two UTF-16 units at the buffer's end.
   */
  private static LoadSettings settings(String text) {
    return LoadSettings.builder()
        .setParseComments(false)
        .setUseMarks(true)
        .setBufferSize(text.length() + 2)
        .build();
  }

  private static String oneLine(@Nullable String text) {
    var line = Printable.of(text == null ? "" : text.strip());
    return line.length() > 200 ? line.substring(0, 200) + "…" : line;
  }

  private static YamlDocument unreadable(Place place, String message, Optional<String> suggestion) {
    return new YamlDocument(
        Optional.empty(),
        List.of(
            new Problem(Severity.ERROR, place.line(), place.column(), "", message, suggestion)));
  }
}
