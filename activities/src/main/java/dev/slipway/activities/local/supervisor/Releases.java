package dev.slipway.activities.local.supervisor;

import dev.slipway.activities.archive.FileTrees;
import dev.slipway.activities.local.protocol.EnvironmentFolder;
import dev.slipway.environment.LocalDeployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The folders of unpacked artifacts. */
final class Releases {
  /** A folder may have been unpacked for a change that is not asked for yet. */
  private static final Duration YOUNG = Duration.ofMinutes(10);

  private Releases() {}

  /** Removes what neither runs, nor was last or before applied, nor is new. */
  static void clean(EnvironmentFolder folder, Remembered remembered) throws IOException {
    var needed = new HashSet<Path>();
    Stream.concat(
            Stream.of(remembered.settled(), remembered.before()).filter(Objects::nonNull),
            remembered.replicas().stream().map(Remembered.Survivor::deployment))
        .map(LocalDeployment::artifact)
        .forEach(artifact -> needed.add(folder.release(artifact.digest())));
    removeOthers(folder.releases(), needed, Instant.now().minus(YOUNG));
  }

  private static void removeOthers(Path releases, Set<Path> needed, Instant before)
      throws IOException {
    try (var folders = Files.newDirectoryStream(releases)) {
      for (var candidate : folders) {
        if (!needed.contains(candidate)
            && Files.getLastModifiedTime(candidate).toInstant().isBefore(before)) {
          FileTrees.delete(candidate);
        }
      }
    }
  }
}
