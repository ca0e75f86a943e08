package dev.slipway.pipeline.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.action.ActionCatalog;
import dev.slipway.pipeline.problem.ProblemText;
import org.junit.jupiter.api.Test;

/** The pipeline of the product's first article is understood field for field. */
class SeedPipelineTest {
  @Test
  void onlyContainerAndClusterActionsAreUnknown() {
    var content = TestFiles.bytes("seed-pipeline.yaml");

    var file = PipelineFile.parse(content, ActionCatalog.builtIn());

    assertThat(file).isInstanceOf(PipelineFile.Invalid.class);
    assertThat(ProblemText.render("seed-pipeline.yaml", content, file.problems()))
        .isEqualTo(TestFiles.text("seed-pipeline.problems.txt"));
  }
}
