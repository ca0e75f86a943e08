package dev.slipway.pipeline.yaml;

import dev.slipway.pipeline.problem.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What was read from a file.
 *
 * @param root empty when the file can't be read; then there is exactly one problem
 * @param problems that leave the rest readable, such as a name that stands twice
 */
public record YamlDocument(Optional<Node> root, List<Problem> problems) {
  public YamlDocument {
    problems = List.copyOf(problems);
  }
}
