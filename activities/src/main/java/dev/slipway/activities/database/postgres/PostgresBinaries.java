package dev.slipway.activities.database.postgres;

import dev.slipway.action.FailureType;
import dev.slipway.artifact.Digest;
import dev.slipway.step.StepFailedException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked once per home from the archive that a library carries.
 *
 * @param folder holds {@code bin}, {@code lib} and {@code share}
 */
record PostgresBinaries(Path folder) {
  private static final String UNPACKING = ".unpacking-";
  private static final Map<String, Digest> DIGESTS = new ConcurrentHashMap<>();

  /**
   * Unpacks them unless that was done. Whoever dies meanwhile leaves nothing that is taken for the
   * whole.
   *
   * @param home which may not exist yet
   */
  static PostgresBinaries in(Path home) throws StepFailedException, InterruptedException {
    var archive = archive();
    try {
      Files.createDirectories(home);
      // A library's version is not known at run time; its content is.
      var folder = home.resolve("programs-" + digest(archive).abbreviated());
      if (!Files.isDirectory(folder)) {
        try (var _ = HomeLock.take(home, "programs")) {
          if (!Files.isDirectory(folder)) {
            Folders.removeStartingWith(home, UNPACKING);
            var unpacking = Files.createTempDirectory(home, UNPACKING);
            unpack(archive, unpacking);
            Files.move(unpacking, folder, StandardCopyOption.ATOMIC_MOVE);
          }
        }
      }
      return new PostgresBinaries(folder);
    } catch (IOException e) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "PostgreSQL's programs could not be unpacked into %s: %s".formatted(home, e.getMessage()),
          "Check that the folder may be written to and has 100 MB of space.",
          e);
    }
  }

  /** A program's path. */
  String program(String name) {
    return folder.resolve("bin").resolve(name).toString();
  }

  /** The name of the archive that zonky's libraries carry for this machine. */
  static String archive() throws StepFailedException {
    var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    var machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    var name =
        "/postgres-%s-%s.txz"
            .formatted(
                system.startsWith("mac") ? "darwin" : system.startsWith("linux") ? "linux" : system,
                List.of("aarch64", "arm64").contains(machine) ? "arm_64" : "x86_64");
    if (PostgresBinaries.class.getResource(name) == null) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "this build carries no PostgreSQL for %s on %s".formatted(system, machine),
          "Name a JDBC URL as the environment's `database`, or build Slipway on such a machine.");
    }
    return name;
  }

  private static Digest digest(String archive) throws IOException {
    var known = DIGESTS.get(archive);
    if (known != null) {
      return known;
    }
    try (var bytes = new DigestInputStream(open(archive), Digest.newHash())) {
      bytes.transferTo(OutputStream.nullOutputStream());
      var digest = Digest.ofHash(bytes.getMessageDigest().digest());
      DIGESTS.put(archive, digest);
      return digest;
    }
  }

  private static void unpack(String archive, Path into) throws IOException, InterruptedException {
    try (var tar = new TarArchiveInputStream(new XZInputStream(open(archive)))) {
      TarArchiveEntry entry;
      while ((entry = tar.getNextEntry()) != null) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        var path = into.resolve(entry.getName()).normalize();
        if (!path.startsWith(into)) {
          throw new IOException("the archive leaves its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else if (entry.isSymbolicLink()) {
          Files.createDirectories(Folders.parent(path));
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
          Files.createDirectories(Folders.parent(path));
          Files.copy(tar, path);
          if ((entry.getMode() & 0100) != 0) {
            Folders.makeExecutable(path);
          }
        }
      }
    }
    // Another account may run them; nobody may change them.
    Folders.openForReading(into);
  }

  private static InputStream open(String archive) throws IOException {
    var stream = PostgresBinaries.class.getResourceAsStream(archive);
    if (stream == null) {
      throw new IOException("the archive is gone: " + archive);
    }
    return new BufferedInputStream(stream);
  }
}
