package dev.slipway.pipeline.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.action.ActionCatalog;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.pipeline.Stage;
import dev.slipway.pipeline.problem.ProblemText;
import org.junit.jupiter.api.Test;

/** The pipeline of the product's first article is understood field for field. */
class SeedPipelineTest {
  @Test
  void itIsValidAndGetsItsWarnings() {
    var content = TestFiles.bytes("seed-pipeline.yaml");

    var file = PipelineFile.parse(content, ActionCatalog.builtIn());

    assertThat(ProblemText.render("seed-pipeline.yaml", content, file.problems()))
        .isEqualTo(TestFiles.text("seed-pipeline.problems.txt"));
    assertThat(file).isInstanceOf(PipelineFile.Valid.class);
  }

  @Test
  void itsNamespacesAreItsEnvironmentsAndProductionAsks() {
    var pipeline = TestFiles.pipeline(TestFiles.text("seed-pipeline.yaml"));

    assertThat(pipeline.environments())
        .extracting(EnvironmentSpec::name, EnvironmentSpec::after)
        .containsExactly(tuple("staging", null), tuple("production", "staging"));
    assertThat(pipeline.stages())
        .filteredOn(stage -> stage.gate().requireApproval())
        .extracting(Stage::environment)
        .containsExactly("production");
  }
}
