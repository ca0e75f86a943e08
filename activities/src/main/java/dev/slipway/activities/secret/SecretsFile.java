package dev.slipway.activities.secret;

import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A file with one {@code NAME=value} a line. The value is everything after the first equals sign,
 * as it stands; empty lines and lines that begin with {@code #} are skipped. It is read each time,
 * so that a changed secret needs no restart.
 */
final class SecretsFile {
  private static final Set<PosixFilePermission> OF_OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final Path file;

  SecretsFile(Path file) {
    this.file = file;
  }

  /**
   * @throws StepFailedException CONFIGURATION, when others than the owner may read or write the
   *     file; INFRASTRUCTURE, when it can't be read
   */
  Optional<String> find(String name) throws StepFailedException {
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      checkMode();
      for (var line : Files.readAllLines(file)) {
        var equals = line.indexOf('=');
        if (equals > 0 && !line.startsWith("#") && line.substring(0, equals).strip().equals(name)) {
          return Optional.of(line.substring(equals + 1));
        }
      }
      return Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "the worker's secrets in `%s` can't be read: %s".formatted(file, e.getMessage()),
          "Is it a text file in UTF-8 that the worker's user may read?",
          e);
    }
  }

  private void checkMode() throws IOException, StepFailedException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    var modes = EnumSet.copyOf(Files.getPosixFilePermissions(file));
    modes.retainAll(OF_OTHERS);
    if (!modes.isEmpty()) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "others than the worker's user may read or write `%s`".formatted(file),
          "`chmod 600 %s`, and consider whether its secrets need to be changed.".formatted(file));
    }
  }
}
