package dev.slipway.pipeline.file;

import dev.slipway.action.ActionCatalog;
import dev.slipway.artifact.Digest;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.lint.DeliveryLint;
import dev.slipway.pipeline.lint.Findings;
import dev.slipway.pipeline.problem.Place;
import dev.slipway.pipeline.problem.Problem;
import dev.slipway.pipeline.problem.Problem.Severity;
import dev.slipway.pipeline.problem.Problems;
import dev.slipway.pipeline.yaml.Node;
import dev.slipway.pipeline.yaml.YamlReader;
import java.util.List;
import java.util.Optional;

/** A pipeline file that was read: what it means, or everything that is wrong with it. */
public sealed interface PipelineFile {
  /** The longest file that is read. */
  int MOST_BYTES = YamlReader.MOST_BYTES;

  /** How much of a longer file is enough to see that it is too long. */
  int ENOUGH_BYTES = MOST_BYTES + 1;

  /** The file's usual name. */
  String NAME = "slipway.yaml";

  /** Everything to tell a person, by place. */
  List<Problem> problems();

  /**
   * A file that a run can be started with.
   *
   * @param warnings by place
   * @param digest of the file's bytes
   */
  record Valid(Pipeline pipeline, List<Problem> warnings, Digest digest) implements PipelineFile {
    public Valid {
      warnings = List.copyOf(warnings);
    }

    @Override
    public List<Problem> problems() {
      return warnings;
    }
  }

  /**
   * A file that nothing can be started with.
   *
   * @param problems errors and warnings, by place
   */
  record Invalid(List<Problem> problems) implements PipelineFile {
    public Invalid {
      problems = List.copyOf(problems);
    }
  }

  /** Reads a file that names its application itself. */
  static PipelineFile parse(byte[] content, ActionCatalog catalog) {
    return parse(content, catalog, Optional.empty());
  }

  /**
   * Reads YAML or JSON. It never throws, whatever the bytes are, and finds every problem at once.
   *
   * @param application of a file that does not name one, such as the name of the repository's
   *     folder; what can't stand in a name becomes {@code -}
   */
  static PipelineFile parse(byte[] content, ActionCatalog catalog, String application) {
    return parse(content, catalog, Optional.of(application));
  }

  /**
   * Where the value of a path stands in a file; for one that is not written, what would hold it.
   *
   * @param path such as {@code stages[1].steps[0].directory}
   */
  static Place placeOf(byte[] content, String path) {
    return YamlReader.read(content)
        .root()
        .map(root -> new Places(root).of(path))
        .orElse(Place.START);
  }

  private static PipelineFile parse(
      byte[] content, ActionCatalog catalog, Optional<String> application) {
    var document = YamlReader.read(content);
    if (document.root().isEmpty()) {
      return new Invalid(document.problems());
    }
    var root = document.root().get();
    var problems = new Problems();
    document.problems().forEach(problems::add);
    var draft = new PipelineReader(catalog, application).read(Value.root(root, problems));
    var linked = new Linker(draft).link();
    DeliveryLint.check(linked, findings(root, problems));
    return problems.hasErrors()
        ? new Invalid(problems.sorted())
        : new Valid(linked.pipeline(), problems.sorted(), Digest.of(content));
  }

  private static Findings findings(Node root, Problems problems) {
    var places = new Places(root);
    return new Findings() {
      @Override
      public void error(String path, String message, String suggestion) {
        add(Severity.ERROR, path, message, suggestion);
      }

      @Override
      public void warning(String path, String message, String suggestion) {
        add(Severity.WARNING, path, message, suggestion);
      }

      private void add(Severity severity, String path, String message, String suggestion) {
        problems.add(severity, places.of(path), path, message, Optional.of(suggestion));
      }
    };
  }
}
