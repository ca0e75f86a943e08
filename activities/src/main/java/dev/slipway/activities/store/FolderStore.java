package dev.slipway.activities.store;

import dev.slipway.artifact.Digest;
import java.io.ByteArrayInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A store in a folder, which any number of processes may share.
 *
 * <p>{@code blobs/ab/cdef…} has the blobs, {@code names/…} records and logs, {@code tmp} what is
 * being written, {@code identity} its name. Everything appears by a rename or a link after it was
 * written and flushed, so that a reader never sees a half of it. The file system must know hard
 * links, as those of Linux, macOS and Windows do.
 *
 * <p>Nothing here reacts to an interrupted thread: a step that was stopped still has its log kept.
 */
public final class FolderStore implements Store {
  /** Nobody writes one file that long; what is older was left by a process that died. */
  private static final Duration LEFTOVER = Duration.ofDays(1);

  private final Path blobs;
  private final Path names;
  private final Path tmp;
  private final Path identity;

  private FolderStore(Path root) {
    this.blobs = root.resolve("blobs");
    this.names = root.resolve("names");
    this.tmp = root.resolve("tmp");
    this.identity = root.resolve("identity");
  }

  /** Opens the store in that folder, made if need be, and removes what dead writers left in it. */
  public static FolderStore open(Path root) throws IOException {
    var store = new FolderStore(root.toAbsolutePath().normalize());
    PrivateFiles.folder(store.blobs);
    PrivateFiles.folder(store.names);
    PrivateFiles.folder(store.tmp);
    store.sweep();
    return store;
  }

  /** Whether a store with an identity is in that folder. */
  public static boolean isMade(Path root) {
    return Files.exists(root.resolve("identity"));
  }

  @Override
  public Digest put(InputStream content) throws IOException {
    var written = PrivateFiles.newFile(tmp.resolve(UUID.randomUUID().toString()));
    try {
      var hash = Digest.newHash();
      write(written, new DigestInputStream(content, hash));
      var digest = Digest.ofHash(hash.digest());
      var blob = blob(digest);
      if (!isWhole(blob, Files.size(written))) {
        PrivateFiles.folder(parent(blob));
        Files.move(written, blob, StandardCopyOption.ATOMIC_MOVE);
        PrivateFiles.syncNames(parent(blob));
      }
      return digest;
    } finally {
      Files.deleteIfExists(written);
    }
  }

  @Override
  public InputStream open(Digest digest) throws IOException {
    return new VerifyingInputStream(Files.newInputStream(blob(digest)), digest);
  }

  @Override
  public Optional<Long> size(Digest digest) throws IOException {
    try {
      return Optional.of(Files.size(blob(digest)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean create(String name, byte[] content) throws IOException {
    return create(named(name), content);
  }

  @Override
  public Optional<byte[]> read(String name) throws IOException {
    var record = named(name);
    try {
      return Files.isDirectory(record) ? Optional.empty() : Optional.of(Files.readAllBytes(record));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public List<String> list(String folder) throws IOException {
    var listed = folder.isEmpty() ? names : named(folder);
    try (var entries = Files.list(listed)) {
      return entries
          .map(entry -> String.valueOf(entry.getFileName()))
          .sorted(Names.NATURAL)
          .toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
  }

  @Override
  public LogWriter appendLog(String name) throws IOException {
    var log = named(name);
    PrivateFiles.folder(parent(log));
    return new FileLog(new FileOutputStream(PrivateFiles.file(log).toFile(), true));
  }

  @Override
  public byte[] readLog(String name, long from, int most) throws IOException {
    var log = named(name);
    if (!Files.isRegularFile(log)) {
      return new byte[0];
    }
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(from);
      var bytes = new byte[Math.clamp(file.length() - from, 0, most)];
      var count = file.read(bytes);
      return count == bytes.length ? bytes : Arrays.copyOf(bytes, Math.max(count, 0));
    }
  }

  @Override
  public String identity() throws IOException {
    if (!Files.exists(identity)) {
      create(identity, UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
    }
    return Files.readString(identity).strip();
  }

  private boolean create(Path target, byte[] content) throws IOException {
    if (Files.isRegularFile(target)) {
      return false;
    }
    var written = PrivateFiles.newFile(tmp.resolve(UUID.randomUUID().toString()));
    try {
      write(written, new ByteArrayInputStream(content));
      PrivateFiles.folder(parent(target));
      // A link fails when the name is taken, which a rename would overwrite.
      Files.createLink(target, written);
      PrivateFiles.syncNames(parent(target));
      return true;
    } catch (FileAlreadyExistsException e) {
      if (!Files.isRegularFile(target)) {
        throw e;
      }
      return false;
    } finally {
      Files.deleteIfExists(written);
    }
  }

  private static void write(Path file, InputStream content) throws IOException {
    try (var out = new FileOutputStream(file.toFile())) {
      content.transferTo(out);
      out.getFD().sync();
    }
  }

  private static boolean isWhole(Path blob, long size) throws IOException {
    try {
      return Files.size(blob) == size;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private Path blob(Digest digest) {
    return blobs.resolve(digest.hex().substring(0, 2)).resolve(digest.hex().substring(2));
  }

  private Path named(String name) {
    return names.resolve(Names.valid(name));
  }

  private static Path parent(Path file) {
    return file.resolveSibling("");
  }

  private void sweep() throws IOException {
    var newest = Instant.now().minus(LEFTOVER);
    try (var leftovers = Files.newDirectoryStream(tmp)) {
      for (var leftover : leftovers) {
        if (lastWritten(leftover).isBefore(newest)) {
          Files.deleteIfExists(leftover);
        }
      }
    }
  }

  private static Instant lastWritten(Path file) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (NoSuchFileException e) {
      return Instant.MAX; // Its writer has just finished.
    }
  }

  private record FileLog(FileOutputStream out) implements LogWriter {
    @Override
    public void append(byte[] bytes) throws IOException {
      out.write(bytes);
    }

    @Override
    public void close() throws IOException {
      try (out) {
        out.getFD().sync();
      }
    }
  }
}
