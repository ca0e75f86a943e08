package dev.slipway.pipeline.yaml;

import dev.slipway.pipeline.problem.Place;
import dev.slipway.pipeline.problem.Words;
import dev.slipway.pipeline.yaml.Node.Scalar;
import dev.slipway.pipeline.yaml.Node.Scalar.Kind;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;

/** Tells texts from numbers as YAML's core schema does: {@code yes} is a text. */
final class ScalarKinds {
  private static final CoreScalarResolver RESOLVER = new CoreScalarResolver();

  private ScalarKinds() {}

  static Scalar scalar(ScalarEvent event, Place place) throws UnreadableException {
    var text = event.getValue();
    var tag = event.getTag().filter(written -> !written.equals("!"));
    if (tag.isEmpty()) {
      var plain = event.getTag().isEmpty() && event.getImplicit().canOmitTagInPlainScalar();
      return new Scalar(place, plain ? kind(text) : Kind.TEXT, text);
    }
    if (tag.get().equals(Tag.STR.getValue())) {
      return new Scalar(place, Kind.TEXT, text);
    }
    throw noTag(tag.get(), place);
  }

  static UnreadableException noTag(String tag, Place place) {
    return new UnreadableException(
        place,
        "the tag " + Words.quoted(tag) + " is not supported",
        "remove it; a text that looks like a number is quoted");
  }

  static boolean isCollectionTag(String tag) {
    return tag.equals("!") || tag.equals(Tag.MAP.getValue()) || tag.equals(Tag.SEQ.getValue());
  }

  private static Kind kind(String text) {
    var tag = RESOLVER.resolve(text, true);
    if (tag.equals(Tag.NULL)) {
      return Kind.NULL;
    }
    if (tag.equals(Tag.BOOL)) {
      return Kind.FLAG;
    }
    if (tag.equals(Tag.INT)) {
      return Kind.INTEGER;
    }
    return tag.equals(Tag.FLOAT) ? Kind.DECIMAL : Kind.TEXT;
  }
}
