package dev.slipway.activities.database.script;

import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The migrations of a commit, as Flyway names them: {@code V<version>__<name>.sql} and, to take it
 * back, {@code U<version>__<name>.sql} beside it.
 *
 * @param migrations by version
 * @param problems everything that is wrong with the files, one line each
 */
public record MigrationFiles(List<Migration> migrations, List<String> problems) {
  private static final Pattern NAME = Pattern.compile("([VU])([0-9][0-9._]*)__(.+)\\.sql");
  private static final long MOST_BYTES = 4L * 1024 * 1024;
  private static final int MOST_FILES = 5_000;
  private static final String HOW =
      "name it V<version>__<name>.sql, and its undo U<version>__<name>.sql, with two underscores";

  public MigrationFiles {
    migrations = List.copyOf(migrations);
    problems = List.copyOf(problems);
  }

  /**
   * Reads a folder of the workspace.
   *
   * @param workspace which no link may leave
   * @throws StepFailedException as configuration when there is no such folder or no migration
   */
  public static MigrationFiles read(Path workspace, Path folder) throws StepFailedException {
    try {
      var root = workspace.toRealPath();
      if (!Files.isDirectory(folder) || !folder.toRealPath().startsWith(root)) {
        throw new StepFailedException(
            FailureType.CONFIGURATION,
            "there is no folder `%s` in the commit".formatted(shown(workspace, folder)),
            "Set the step's `directory` to the folder with the migrations.");
      }
      var reader = new Reader(root);
      for (var file : entries(folder)) {
        reader.read(file);
      }
      var files = reader.result();
      if (files.migrations().isEmpty() && files.problems().isEmpty()) {
        throw new StepFailedException(
            FailureType.CONFIGURATION,
            "`%s` holds no migration".formatted(shown(workspace, folder)),
            "Add one and " + HOW + ".");
      }
      return files;
    } catch (IOException e) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "`%s` can't be read: %s".formatted(shown(workspace, folder), e.getMessage()),
          "Look at the folder in the commit.",
          e);
    }
  }

  /** The same; fails as findings when something is wrong or a migration has no down. */
  public MigrationFiles sound() throws StepFailedException {
    var all = new ArrayList<>(problems);
    migrations.stream()
        .filter(migration -> migration.down().isEmpty())
        .forEach(migration -> all.add(missingDown(migration)));
    if (!all.isEmpty()) {
      throw new StepFailedException(
          FailureType.FINDINGS,
          "the migrations are not sound: " + String.join("; ", all),
          "Mend the files; the way back must be there before the way forward.");
    }
    return this;
  }

  /** Says that a migration has no down. */
  public static String missingDown(Migration migration) {
    return "%s has no %s to take it back".formatted(migration.up().name(), migration.downName());
  }

  /** The newest version; none without migrations. */
  public Version newest() {
    return migrations.isEmpty() ? Version.NONE : migrations.getLast().version();
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.sorted().limit(MOST_FILES + 1L).toList();
    }
  }

  private static String shown(Path workspace, Path folder) {
    return folder.startsWith(workspace)
        ? workspace.relativize(folder).toString()
        : String.valueOf(folder.getFileName());
  }

  private static final class Reader {
    private final Path root;
    private final Map<Version, SqlFile> ups = new TreeMap<>();
    private final Map<Version, String> names = new TreeMap<>();
    private final Map<Version, SqlFile> downs = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    private int files;

    Reader(Path root) {
      this.root = root;
    }

    void read(Path path) throws IOException {
      var name = String.valueOf(path.getFileName());
      if (++files > MOST_FILES) {
        if (files == MOST_FILES + 1) {
          problems.add("more than %d files".formatted(MOST_FILES));
        }
        return;
      }
      if (Files.isDirectory(path)) {
        if (holdsSql(path)) {
          problems.add("%s/ holds SQL: put every migration into one folder".formatted(name));
        }
        return;
      }
      if (!name.endsWith(".sql")) {
        if (name.endsWith(".sql.conf")) {
          problems.add("%s: settings of a single script are not used; remove it".formatted(name));
        }
        return;
      }
      var match = NAME.matcher(name);
      var version = match.matches() ? Version.parse(match.group(2)) : Optional.<Version>empty();
      if (version.isEmpty() || version.get().equals(Version.NONE)) {
        problems.add(
            name.startsWith("R__")
                ? name + ": a repeatable migration has no way back; write a versioned one"
                : name + ": no migration's name; " + HOW);
        return;
      }
      var text = text(name, path);
      if (text.isPresent()) {
        var file = new SqlFile(name, text.get());
        var kind = match.group(1).equals("V") ? ups : downs;
        var other = kind.putIfAbsent(version.get(), file);
        if (other != null) {
          problems.add(
              "%s and %s have the same version %s".formatted(other.name(), name, version.get()));
        }
        names.putIfAbsent(version.get(), match.group(3).replace('_', ' '));
      }
    }

    private boolean holdsSql(Path folder) throws IOException {
      try (var below = Files.walk(folder, 5)) {
        return below.limit(MOST_FILES).anyMatch(file -> file.toString().endsWith(".sql"));
      }
    }

    private Optional<String> text(String name, Path path) throws IOException {
      if (!Files.isRegularFile(path) || !path.toRealPath().startsWith(root)) {
        return problem(name + ": is no file of the commit but a link out of it");
      }
      if (Files.size(path) > MOST_BYTES) {
        return problem(
            "%s: has more than %d MiB; load data by other means than a migration"
                .formatted(name, MOST_BYTES / 1024 / 1024));
      }
      String text;
      try {
        text =
            StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
                .toString();
      } catch (CharacterCodingException e) {
        return problem(name + ": is no text in UTF-8");
      }
      if (text.indexOf('\0') >= 0) {
        return problem(name + ": is no text but binary");
      }
      if (text.startsWith("\uFEFF")) {
        return problem(name + ": begins with a byte order mark; save it without one");
      }
      if (SqlScript.statements(text).isEmpty()) {
        return problem(name + ": holds no statement");
      }
      return Optional.of(text);
    }

    private Optional<String> problem(String text) {
      problems.add(text);
      return Optional.empty();
    }

    MigrationFiles result() {
      // An up that could not be read has been named already.
      var complete = problems.isEmpty();
      downs.forEach(
          (version, down) -> {
            if (complete && !ups.containsKey(version)) {
              problems.add(down.name() + ": there is no migration " + version + " to take back");
            }
          });
      var migrations =
          ups.entrySet().stream()
              .map(
                  up ->
                      new Migration(
                          up.getKey(),
                          names.getOrDefault(up.getKey(), ""),
                          up.getValue(),
                          Optional.ofNullable(downs.get(up.getKey()))))
              .toList();
      return new MigrationFiles(migrations, problems);
    }
  }
}
