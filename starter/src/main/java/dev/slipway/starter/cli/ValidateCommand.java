package dev.slipway.starter.cli;

import dev.slipway.action.ActionCatalog;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.file.PipelineFile;
import dev.slipway.pipeline.problem.Problem;
import dev.slipway.pipeline.problem.ProblemText;
import dev.slipway.starter.local.TroubleException;
import dev.slipway.starter.source.LockFiles;
import dev.slipway.starter.source.WorkingTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "validate",
    header = "Check a pipeline file.",
    description = "Says everything that is wrong with it at once, and starts nothing.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway validate                  slipway.yaml in this folder",
      "  slipway validate ci/deploy.yaml   another file",
      "  slipway validate --json           for programs",
    })
final class ValidateCommand extends SlipwayCommand {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FILE",
      description = "The file; ${DEFAULT-VALUE} unless given.",
      defaultValue = PipelineFile.NAME)
  private Path file = Path.of(PipelineFile.NAME);

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  ValidateCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int execute() throws TroubleException, IOException {
    var path = surroundings().here().resolve(file);
    var content = content(path);
    var parsed = PipelineFile.parse(content, ActionCatalog.builtIn(), folderName(path));
    var pipeline =
        switch (parsed) {
          case PipelineFile.Valid valid -> Optional.of(valid.pipeline());
          case PipelineFile.Invalid ignored -> Optional.<Pipeline>empty();
        };
    var problems = new ArrayList<>(parsed.problems());
    pipeline.ifPresent(valid -> problems.addAll(lockFiles(valid, content, path)));
    if (json) {
      surroundings()
          .printJson(
              new Answer(
                  pipeline.isPresent(),
                  pipeline.map(Pipeline::application).orElse(null),
                  problems));
    } else {
      print(content, problems, pipeline);
    }
    pipeline.ifPresent(valid -> tellOfDefaultName(valid, content));
    return pipeline.isPresent() ? 0 : 2;
  }

  /** Only where the file is in a repository can it be said what that lacks. */
  private static List<Problem> lockFiles(Pipeline pipeline, byte[] content, Path path) {
    return Optional.ofNullable(path.toAbsolutePath().normalize().getParent())
        .flatMap(WorkingTree::root)
        .map(root -> LockFiles.warnings(pipeline, content, root))
        .orElse(List.of());
  }

  /** Runs, environments and data are kept under the name, which a renamed folder would change. */
  private void tellOfDefaultName(Pipeline pipeline, byte[] content) {
    if (PipelineFile.parse(content, ActionCatalog.builtIn()) instanceof PipelineFile.Invalid) {
      surroundings()
          .remark(
              "note: the application is called %1$s like the folder; to keep that: application: %1$s"
                  .formatted(pipeline.application()));
    }
  }

  /** What programs read. */
  record Answer(boolean valid, @Nullable String application, List<Problem> problems) {}

  private void print(byte[] content, List<Problem> problems, Optional<Pipeline> pipeline) {
    var paint = surroundings().terminal().paint();
    if (!problems.isEmpty()) {
      surroundings()
          .print(
              Problems.text(
                  file.toString(),
                  new String(content, java.nio.charset.StandardCharsets.UTF_8),
                  problems,
                  paint));
      surroundings().print("");
    }
    surroundings()
        .print(
            pipeline
                .map(
                    valid ->
                        paint.green("valid")
                            + ": %s, %d stages, %d steps; %s"
                                .formatted(
                                    valid.application(),
                                    valid.stages().size(),
                                    valid.stages().stream()
                                        .mapToInt(stage -> stage.steps().size())
                                        .sum(),
                                    ProblemText.summary(problems)))
                .orElseGet(() -> paint.red("invalid") + ": " + ProblemText.summary(problems)));
  }

  private byte[] content(Path path) throws TroubleException, IOException {
    if (!Files.isRegularFile(path)) {
      throw TroubleException.input(
          "there is no file " + file,
          "go to the folder that has it, or name it: slipway validate FILE");
    }
    try (var stream = Files.newInputStream(path)) {
      return stream.readNBytes(PipelineFile.ENOUGH_BYTES);
    }
  }

  private static String folderName(Path path) {
    var folder = path.toAbsolutePath().normalize().getParent();
    return folder == null || folder.getFileName() == null
        ? "application"
        : folder.getFileName().toString();
  }
}
