package dev.slipway.activities.report;

import dev.slipway.evidence.Coverage;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads Cobertura's XML, which Istanbul, coverage.py, gcovr and others write: the root's totals, or
 * where a writer leaves them out, the lines of the classes.
 */
final class CoberturaXml implements XmlElements.Visitor {
  private OptionalLong declaredLines = OptionalLong.empty();
  private OptionalLong declaredCovered = OptionalLong.empty();
  private int methods;
  private long lines;
  private long covered;

  private CoberturaXml() {}

  static Coverage read(String source, byte[] content) throws UnreadableReportException {
    var report = new CoberturaXml();
    XmlElements.visit(source, content, report);
    return Counts.coverage(
        source,
        report.declaredCovered.orElse(report.covered),
        report.declaredLines.orElse(report.lines));
  }

  @Override
  public void begin(XmlElements element, String name, @Nullable String parent)
      throws UnreadableReportException {
    if (parent == null) {
      beginRoot(element, name);
    } else if (name.equals("method")) {
      methods++;
    } else if (name.equals("line") && methods == 0) {
      // A method's lines stand in its class once more.
      lines++;
      covered += element.count("hits").orElse(0) > 0 ? 1 : 0;
    }
  }

  private void beginRoot(XmlElements element, String name) throws UnreadableReportException {
    if (!name.equals("coverage")) {
      throw element.unreadable("begins with <%s>, not with <coverage>".formatted(name));
    }
    if (element.attribute("line-rate").isEmpty()) {
      throw element.unreadable("is not Cobertura's: <coverage> has no `line-rate`");
    }
    declaredLines = element.count("lines-valid");
    declaredCovered = element.count("lines-covered");
    if (declaredLines.isPresent() != declaredCovered.isPresent()) {
      throw element.unreadable("has only one of `lines-valid` and `lines-covered`");
    }
  }

  @Override
  public void end(String name) {
    if (name.equals("method")) {
      methods--;
    }
  }
}
