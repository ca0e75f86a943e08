package dev.slipway.activities.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads YAML as Kubernetes does: version 1.1, where {@code 0644} is octal; JSON is a part of it.
 * What is read is limited before it is built up, so that no file takes more memory than a release
 * may have. One reader is for one release.
 */
final class ManifestReader {
  private final ManifestBudget budget = new ManifestBudget();

  /** The objects of every document, those of lists one by one. */
  List<ObjectNode> read(String source, String text) throws StepFailedException {
    var found = new ArrayList<ObjectNode>();
    for (var document : documents(source, text)) {
      collect(source, document, found);
    }
    return found;
  }

  /** The documents as they stand there. */
  List<ObjectNode> documents(String source, String text) throws StepFailedException {
    if (text.length() > Manifests.MOST_BYTES) {
      throw refused(source, "it has more than %d characters".formatted(Manifests.MOST_BYTES), null);
    }
    var found = new ArrayList<ObjectNode>();
    try {
      budget.count(yaml().parse(new StringReader(text)));
      for (var document : yaml().loadAll(text)) {
        var node = budget.tree(document);
        if (!node.isNull()) {
          found.add(object(source, node));
        }
      }
    } catch (YAMLException | ManifestBudget.ExceededException e) {
      throw refused(source, "it can't be read: " + e.getMessage(), e);
    }
    return found;
  }

  private static void collect(String source, ObjectNode object, List<ObjectNode> found)
      throws StepFailedException {
    if (object.path("kind").asText("").endsWith("List") && object.path("items").isArray()) {
      for (var item : object.path("items")) {
        collect(source, object(source, item), found);
      }
      return;
    }
    found.add(object);
  }

  private static ObjectNode object(String source, JsonNode node) throws StepFailedException {
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw refused(source, "a document in it is no object", null);
  }

  private static StepFailedException refused(String source, String why, @Nullable Throwable cause) {
    var happened = "the manifests are refused: %s: %s".formatted(source, why);
    var advice = "See whether `kubectl apply --dry-run=client -f` takes it.";
    return cause == null
        ? new StepFailedException(FailureType.CONFIGURATION, happened, advice)
        : new StepFailedException(FailureType.CONFIGURATION, happened, advice, cause);
  }

  private static Yaml yaml() {
    var limits = new LoaderOptions();
    limits.setAllowDuplicateKeys(false);
    limits.setCodePointLimit(Manifests.MOST_BYTES);
    limits.setNestingDepthLimit(ManifestBudget.MOST_DEPTH);
    // How much they stand for is counted where they are followed.
    limits.setMaxAliasesForCollections(Integer.MAX_VALUE);
    var dump = new DumperOptions();
    return new Yaml(
        new SafeConstructor(limits), new Representer(dump), dump, limits, new AsKubernetes());
  }

  /** A date without quotes is a text to Kubernetes, and so is {@code 15:30}. */
  private static final class AsKubernetes extends Resolver {
    private static final Pattern WHOLE =
        Pattern.compile(
            "[-+]?(?:0b_*[01][01_]*|0x_*[0-9a-fA-F][0-9a-fA-F_]*|0[0-7_]*|[1-9][0-9_]*)");
    private static final Pattern DECIMAL =
        Pattern.compile(
            "[-+]?(?:[0-9][0-9_]*\\.[0-9_]*|\\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?"
                + "|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");

    @Override
    protected void addImplicitResolvers() {
      addImplicitResolver(Tag.BOOL, BOOL, "yYnNtTfFoO", 10);
      addImplicitResolver(Tag.INT, WHOLE, "-+0123456789");
      addImplicitResolver(Tag.FLOAT, DECIMAL, "-+0123456789.");
      addImplicitResolver(Tag.MERGE, MERGE, "<", 10);
      addImplicitResolver(Tag.NULL, NULL, "~nN\0", 10);
      addImplicitResolver(Tag.NULL, EMPTY, null, 10);
    }
  }
}
