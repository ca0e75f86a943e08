package dev.slipway.pipeline.yaml;

import dev.slipway.pipeline.problem.Place;
import dev.slipway.pipeline.problem.Problems;
import dev.slipway.pipeline.problem.Words;
import dev.slipway.pipeline.yaml.Node.Scalar;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Builds a tree from the parser's events with a stack of its own. What an alias repeats is shared,
 * not copied, and counted as if it were copied.
 */
final class TreeBuilder {
  private final Problems problems = new Problems();
  private final Deque<OpenNode> open = new ArrayDeque<>();
  private final Map<String, Node> anchored = new LinkedHashMap<>();
  private @Nullable Node root;
  private int documents;
  private int nodes;

  void accept(Event event) throws UnreadableException {
    switch (event.getEventId()) {
      case DocumentStart -> oneDocument(place(event));
      case Alias -> addAlias((AliasEvent) event);
      case Scalar -> addScalar((ScalarEvent) event);
      case SequenceStart -> start((CollectionStartEvent) event, new OpenSequence(place(event)));
      case MappingStart ->
          start((CollectionStartEvent) event, new OpenMapping(place(event), problems));
      case SequenceEnd, MappingEnd -> end();
      case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
    }
  }

  YamlDocument document() throws UnreadableException {
    if (root == null || (root instanceof Scalar scalar && scalar.kind() == Scalar.Kind.NULL)) {
      throw new UnreadableException(
          Place.START, "the file is empty", "begin with `stages:` and a first stage");
    }
    return new YamlDocument(Optional.of(root), problems.sorted());
  }

  private void oneDocument(Place place) throws UnreadableException {
    if (++documents > 1) {
      throw new UnreadableException(
          place, "a second document begins here", "a pipeline file is one document; remove `---`");
    }
  }

  private void addAlias(AliasEvent event) throws UnreadableException {
    var name = event.getAlias().getValue();
    var target = anchored.get(name);
    if (target == null) {
      throw new UnreadableException(
          place(event),
          "alias " + Words.quoted("*" + name) + " names nothing that is complete before it",
          "write the value out, or give it the anchor " + Words.quoted("&" + name));
    }
    add(target, place(event));
  }

  private void addScalar(ScalarEvent event) throws UnreadableException {
    var scalar = ScalarKinds.scalar(event, place(event));
    remember(event.getAnchor(), scalar);
    add(scalar, scalar.place());
  }

  private void start(CollectionStartEvent event, OpenNode node) throws UnreadableException {
    var tag = event.getTag().filter(written -> !ScalarKinds.isCollectionTag(written));
    if (tag.isPresent()) {
      throw ScalarKinds.noTag(tag.get(), node.place());
    }
    if (open.size() == YamlReader.MOST_DEPTH) {
      throw tooDeep(node.place());
    }
    if (!open.isEmpty()) {
      open.getLast().expectValue(node.place());
    }
    event.getAnchor().map(Anchor::getValue).ifPresent(node::anchor);
    open.addLast(node);
  }

  private void end() throws UnreadableException {
    var node = open.removeLast();
    var complete = node.complete();
    node.anchor().ifPresent(anchor -> anchored.put(anchor, complete));
    count(1, complete.place());
    attach(complete, complete.place());
  }

  private void add(Node node, Place place) throws UnreadableException {
    count(node.size(), place);
    attach(node, place);
  }

  private void attach(Node node, Place place) throws UnreadableException {
    if (open.size() + node.height() > YamlReader.MOST_DEPTH) {
      throw tooDeep(place);
    }
    if (open.isEmpty()) {
      root = node;
    } else {
      open.getLast().add(node, place);
    }
  }

  private void remember(Optional<Anchor> anchor, Node node) {
    anchor.ifPresent(name -> anchored.put(name.getValue(), node));
  }

  private void count(int more, Place place) throws UnreadableException {
    nodes += more;
    if (nodes > YamlReader.MOST_NODES) {
      throw new UnreadableException(
          place,
          "the file has more than %,d names and values, aliases written out"
              .formatted(YamlReader.MOST_NODES),
          "a pipeline file is small; check that this is one");
    }
  }

  private static UnreadableException tooDeep(Place place) {
    return new UnreadableException(
        place,
        "nested deeper than %d levels".formatted(YamlReader.MOST_DEPTH),
        "a pipeline needs no such depth; check the brackets and the indentation");
  }

  private static Place place(Event event) {
    return event.getStartMark().map(TreeBuilder::place).orElse(Place.START);
  }

  static Place place(Mark mark) {
    return new Place(mark.getLine() + 1, mark.getColumn() + 1);
  }
}
