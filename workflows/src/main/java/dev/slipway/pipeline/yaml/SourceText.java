package dev.slipway.pipeline.yaml;

import dev.slipway.pipeline.problem.Place;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** A file's bytes as text. */
final class SourceText {
  private SourceText() {}

  /**
   * Decodes UTF-8, strictly.
   *
   * @throws UnreadableException when there are too many bytes or they are not UTF-8
   */
  static String of(byte[] content) throws UnreadableException {
    if (content.length > YamlReader.MOST_BYTES) {
      throw new UnreadableException(
          Place.START,
          "the file is too long; a pipeline file has at most %,d bytes"
              .formatted(YamlReader.MOST_BYTES),
          "check that this is the pipeline file");
    }
    var text = CharBuffer.allocate(content.length);
    var bytes = ByteBuffer.wrap(content);
    var result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(bytes, text, true);
    text.flip();
    if (result.isError()) {
      throw new UnreadableException(
          placeOf(text.length(), text),
          "byte 0x%02x is not UTF-8".formatted(content[bytes.position()]),
          "save the file as UTF-8");
    }
    return withSpacesForTabsOfJson(text.toString());
  }

  /** The place of the character at this index. */
  static Place placeOf(int index, CharSequence text) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < index; i++) {
      var character = text.charAt(i);
      if (character == '\n') {
        line++;
        column = 1;
      } else if (!Character.isLowSurrogate(character)) {
        column++;
      }
    }
    return new Place(line, column);
  }

  /** JSON may be indented with tabs, which YAML's block style forbids and the parser refuses. */
  private static String withSpacesForTabsOfJson(String text) {
    return text.stripLeading().startsWith("{") ? text.replace('\t', ' ') : text;
  }
}
