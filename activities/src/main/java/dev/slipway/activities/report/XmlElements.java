package dev.slipway.activities.report;

import java.io.ByteArrayInputStream;
import java.util.OptionalLong;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the elements of an XML report to its end, within limits. A document type is passed
 * over unread, as Cobertura's reports name one; no entity that it could define is ever expanded.
 */
final class XmlElements {
  private static final int DEEPEST = 100;
  private static final int MOST_ELEMENTS = 2_000_000;

  private final String source;
  private final XMLStreamReader reader;
  private int depth;
  private int elements;

  private XmlElements(String source, XMLStreamReader reader) {
    this.source = source;
    this.reader = reader;
  }

  /** Gets each element's begin and end, in the document's order. */
  interface Visitor {
    /**
     * @param parent null for the document's root
     */
    void begin(XmlElements element, String name, @Nullable String parent)
        throws UnreadableReportException;

    void end(String name) throws UnreadableReportException;
  }

  static void visit(String source, byte[] content, Visitor visitor)
      throws UnreadableReportException {
    try {
      var reader = factory().createXMLStreamReader(new ByteArrayInputStream(content));
      new XmlElements(source, reader).visit(visitor);
    } catch (XMLStreamException e) {
      throw new UnreadableReportException(source, "is no complete XML: " + firstLine(e), e);
    }
  }

  private static XMLInputFactory factory() {
    var factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setXMLResolver(
        (_, system, _, _) -> {
          throw new XMLStreamException("it refers to " + system);
        });
    return factory;
  }

  private void visit(Visitor visitor) throws XMLStreamException, UnreadableReportException {
    var open = new java.util.ArrayDeque<String>();
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          checkLimits();
          var name = reader.getLocalName();
          visitor.begin(this, name, open.peek());
          open.push(name);
        }
        case XMLStreamConstants.END_ELEMENT -> {
          depth--;
          visitor.end(open.pop());
        }
        case XMLStreamConstants.ENTITY_REFERENCE ->
            throw unreadable("uses the entity `%s`".formatted(reader.getLocalName()));
        default -> {
          // Text, comments and the name of a document type say nothing about the tests.
        }
      }
    }
  }

  private void checkLimits() throws UnreadableReportException {
    if (++depth > DEEPEST) {
      throw unreadable("is nested deeper than %d elements".formatted(DEEPEST));
    }
    if (++elements > MOST_ELEMENTS) {
      throw unreadable("has more than %d elements".formatted(MOST_ELEMENTS));
    }
  }

  /** An attribute of the element that was begun last; empty when it has none of that name. */
  String attribute(String name) {
    var value = reader.getAttributeValue(null, name);
    return value == null ? "" : value;
  }

  /**
   * A count in an attribute.
   *
   * @throws UnreadableReportException when it is there and no whole number from 0 on
   */
  OptionalLong count(String name) throws UnreadableReportException {
    var text = attribute(name).strip();
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!text.matches("\\d{1,15}")) {
      throw unreadable("has `%s=\"%s\"`, which is no count".formatted(name, Names.shown(text)));
    }
    return OptionalLong.of(Long.parseLong(text));
  }

  UnreadableReportException unreadable(String why) {
    return new UnreadableReportException(
        source, why + " (line %d)".formatted(reader.getLocation().getLineNumber()));
  }

  private static String firstLine(XMLStreamException e) {
    return Names.shown(String.valueOf(e.getMessage()).replaceFirst("(?s)^.*\nMessage: ", ""))
        + (e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNumber() + ")");
  }
}
