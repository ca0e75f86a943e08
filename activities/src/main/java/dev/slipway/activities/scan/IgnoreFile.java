package dev.slipway.activities.scan;

import dev.slipway.action.FailureType;
import dev.slipway.activities.step.CommitFiles;
import dev.slipway.activities.step.StepContext;
import dev.slipway.pipeline.problem.Problem;
import dev.slipway.pipeline.yaml.Node;
import dev.slipway.pipeline.yaml.YamlReader;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Findings that somebody has looked at and accepts for a while: a YAML list of {@code {id, reason,
 * until}} in the repository. Whoever writes none of reason and end has accepted nothing.
 */
final class IgnoreFile {
  private static final List<String> FIELDS = List.of("id", "reason", "until");

  private final String name;
  private final LocalDate today;
  private final Consumer<String> log;
  private final Set<String> ids = new LinkedHashSet<>();

  private IgnoreFile(String name, LocalDate today, Consumer<String> log) {
    this.name = name;
    this.today = today;
    this.log = log;
  }

  /**
   * The ids that are ignored today.
   *
   * @param today in UTC; an exception's last day counts
   * @throws StepFailedException CONFIGURATION when the file is not there or can't be read
   */
  static Set<String> read(StepContext step, String name, LocalDate today)
      throws StepFailedException, InterruptedException {
    var file = CommitFiles.inside(step, "ignoreFile", name);
    try (var in = Files.newInputStream(file)) {
      return parse(name, in.readNBytes(YamlReader.MOST_BYTES + 1), today, step.log()::line);
    } catch (IOException e) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "`%s` can't be read: %s".formatted(name, e.getMessage()),
          "`params.ignoreFile` is a YAML file in the step's directory.",
          e);
    }
  }

  static Set<String> parse(String name, byte[] content, LocalDate today, Consumer<String> log)
      throws StepFailedException {
    var file = new IgnoreFile(name, today, log);
    var document = YamlReader.read(content);
    for (var problem : document.problems()) {
      throw wrong(place(name, problem), problem.message());
    }
    if (document.root().orElse(null) instanceof Node.Sequence list) {
      for (var entry : list.elements()) {
        file.add(entry);
      }
      return file.ids;
    }
    throw wrong(name, "is no list");
  }

  private void add(Node entry) throws StepFailedException {
    var at = "%s:%d".formatted(name, entry.place().line());
    if (!(entry instanceof Node.Mapping exception)) {
      throw wrong(at, "is %s".formatted(entry.description()));
    }
    for (var field : exception.entries()) {
      if (!FIELDS.contains(field.name())) {
        throw wrong(at, "has the unknown field `%s`".formatted(field.name()));
      }
    }
    var id = text(exception, "id", at);
    var reason = text(exception, "reason", at);
    var until = text(exception, "until", at);
    if (id.isEmpty()) {
      throw wrong(at, "has no `id`");
    }
    var flaws = new ArrayList<String>();
    if (reason.isEmpty()) {
      flaws.add("has no `reason`");
    }
    if (until.isEmpty()) {
      flaws.add("has no `until`");
    } else if (date(until, at).isBefore(today)) {
      flaws.add("ended on " + until);
    }
    if (flaws.isEmpty()) {
      ids.add(id);
    } else {
      log.accept(
          "%s: the exception for %s %s: it does not count"
              .formatted(at, id, String.join(" and ", flaws)));
    }
  }

  private static String text(Node.Mapping exception, String field, String at)
      throws StepFailedException {
    var value = exception.get(field);
    if (value.isEmpty()) {
      return "";
    }
    if (value.get() instanceof Node.Scalar scalar) {
      return scalar.kind() == Node.Scalar.Kind.NULL ? "" : scalar.text().strip();
    }
    throw wrong(at, "has %s as `%s`".formatted(value.get().description(), field));
  }

  private static LocalDate date(String text, String at) throws StepFailedException {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw wrong(at, "has `until: %s`, which is no date".formatted(text));
    }
  }

  private static String place(String name, Problem problem) {
    return "%s:%d:%d".formatted(name, problem.line(), problem.column());
  }

  private static StepFailedException wrong(String where, String how) {
    return new StepFailedException(
        FailureType.CONFIGURATION,
        "%s: %s".formatted(where, how),
        "An ignore file is a YAML list: `- {id: CVE-2030-1, reason: why, until: 2030-12-31}`.");
  }
}
