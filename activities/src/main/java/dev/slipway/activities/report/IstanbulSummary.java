package dev.slipway.activities.report;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.evidence.Coverage;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads the {@code coverage-summary.json} of Istanbul's json-summary reporter. */
final class IstanbulSummary {
  private static final ObjectReader STRICT =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private IstanbulSummary() {}

  static Coverage read(String source, byte[] content) throws UnreadableReportException {
    var lines = tree(source, content).path("total").path("lines");
    return Counts.coverage(source, count(source, lines, "covered"), count(source, lines, "total"));
  }

  private static JsonNode tree(String source, byte[] content) throws UnreadableReportException {
    try {
      return STRICT.readTree(content);
    } catch (JsonProcessingException e) {
      throw new UnreadableReportException(
          source, "is no complete JSON: " + Names.shown(e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory can be read", e);
    }
  }

  private static long count(String source, JsonNode lines, String name)
      throws UnreadableReportException {
    var count = lines.path(name);
    if (!count.isIntegralNumber() || !count.canConvertToLong()) {
      throw new UnreadableReportException(
          source, "has no count at `total.lines.%s`; is it a coverage summary?".formatted(name));
    }
    return count.longValue();
  }
}
