package dev.slipway.starter.cli;

import dev.slipway.pipeline.problem.Problem;
import dev.slipway.pipeline.problem.ProblemText;
import dev.slipway.starter.view.Paint;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Prints what is wrong with a pipeline file. */
final class Problems {
  private Problems() {}

  static String text(String file, String source, List<Problem> problems, Paint paint) {
    return ProblemText.render(
            file,
            source.getBytes(StandardCharsets.UTF_8),
            problems,
            (part, text) ->
                switch (part) {
                  case ERROR -> paint.red(text);
                  case WARNING -> paint.yellow(text);
                  case MESSAGE -> paint.bold(text);
                  case FRAME -> paint.dim(text);
                  case HELP -> paint.green(text);
                })
        .stripTrailing();
  }
}
