package dev.slipway.activities.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;

/**
 * How much a release's manifests may hold, over all its files and with what their aliases stand
 * for. A cluster keeps far less.
 */
final class ManifestBudget {
  static final int MOST_DEPTH = 50;
  private static final int MOST_DOCUMENTS = 1_000;
  private static final int MOST_VALUES = 100_000;

  private final JsonNodeFactory nodes = JsonNodeFactory.instance;
  private int documents;
  private int written;
  private int values;
  private long characters;

  /** What is too much of. */
  static final class ExceededException extends Exception {
    private static final long serialVersionUID = 1;

    ExceededException(String message) {
      super(message);
    }
  }

  /** Counts what is written, before anything is built from it. */
  void count(Iterable<Event> events) throws ExceededException {
    var depth = 0;
    for (var event : events) {
      depth += event instanceof CollectionStartEvent ? 1 : 0;
      depth -= event instanceof CollectionEndEvent ? 1 : 0;
      if (depth > MOST_DEPTH) {
        throw tooDeep();
      }
      if (event instanceof DocumentStartEvent && ++documents > MOST_DOCUMENTS) {
        throw new ExceededException("more than %d documents".formatted(MOST_DOCUMENTS));
      }
      if ((event instanceof ScalarEvent
              || event instanceof CollectionStartEvent
              || event instanceof AliasEvent)
          && ++written > MOST_VALUES) {
        throw tooManyValues();
      }
    }
  }

  /** A document as JSON; counts what its aliases stand for. */
  JsonNode tree(@Nullable Object document) throws ExceededException {
    return tree(document, 0);
  }

  private JsonNode tree(@Nullable Object value, int depth) throws ExceededException {
    if (++values > MOST_VALUES) {
      throw tooManyValues();
    }
    if (depth > MOST_DEPTH) {
      throw tooDeep();
    }
    return switch (value) {
      case null -> nodes.nullNode();
      case String text -> nodes.textNode(counted(text));
      case Boolean flag -> nodes.booleanNode(flag);
      case Integer number -> nodes.numberNode(number);
      case Long number -> nodes.numberNode(number);
      case BigInteger number -> nodes.numberNode(number);
      case Double number -> nodes.numberNode(number);
      case List<?> list -> {
        var array = nodes.arrayNode();
        for (var item : list) {
          array.add(tree(item, depth + 1));
        }
        yield array;
      }
      case Map<?, ?> map -> {
        var object = nodes.objectNode();
        for (var entry : map.entrySet()) {
          if (entry.getKey() instanceof Map || entry.getKey() instanceof List) {
            throw new ExceededException("a key in it is no text");
          }
          object.set(counted(String.valueOf(entry.getKey())), tree(entry.getValue(), depth + 1));
        }
        yield object;
      }
      default ->
          throw new ExceededException(
              "it has a %s, which JSON has not".formatted(value.getClass().getSimpleName()));
    };
  }

  private String counted(String text) throws ExceededException {
    characters += text.length();
    if (characters > Manifests.MOST_BYTES) {
      throw new ExceededException(
          "it stands for more than %d characters".formatted(Manifests.MOST_BYTES));
    }
    return text;
  }

  private static ExceededException tooDeep() {
    return new ExceededException("it is nested deeper than %d".formatted(MOST_DEPTH));
  }

  private static ExceededException tooManyValues() {
    return new ExceededException("more than %d values".formatted(MOST_VALUES));
  }
}
