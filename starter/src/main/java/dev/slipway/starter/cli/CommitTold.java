package dev.slipway.starter.cli;

import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.file.PipelineFile;
import dev.slipway.starter.local.TroubleException;
import dev.slipway.starter.source.Commit;

/** What people are told of a commit before anything is done with it. */
record CommitTold(Surroundings surroundings) {
  /**
   * The pipeline of its file.
   *
   * @throws TroubleException when the file has errors
   */
  Pipeline valid(Commit commit) throws TroubleException {
    var problems = commit.file().problems();
    if (!problems.isEmpty()) {
      var terminal = surroundings.terminal();
      surroundings.remark(Problems.text(commit.path(), commit.text(), problems, terminal.paint()));
      surroundings.remark("");
    }
    return switch (commit.file()) {
      case PipelineFile.Valid(var pipeline, var ignored, var digest) -> pipeline;
      case PipelineFile.Invalid ignored ->
          throw TroubleException.input(
              "%s of commit %s can't be run; nothing was started"
                  .formatted(commit.path(), commit.abbreviated()),
              "mend it and commit; what is wrong is told to programs by: slipway validate --json");
    };
  }

  /** Changes of the working tree that are not part of it. */
  void ofUncommitted(Commit commit) {
    var files = commit.uncommitted();
    if (!files.isEmpty()) {
      surroundings.remark(
          "note: %s not part of commit %s: %s%s"
              .formatted(
                  files.size() == 1 ? "1 change is" : files.size() + " changes are",
                  commit.abbreviated(),
                  String.join(", ", files.subList(0, Math.min(3, files.size()))),
                  files.size() > 3 ? ", …" : ""));
    }
  }
}
