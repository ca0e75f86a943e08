package dev.slipway.activities.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TarTest {
  @TempDir private Path scratch;
  private Path source;
  private Path target;

  @BeforeEach
  void folders() throws IOException {
    source = Files.createDirectory(scratch.resolve("source"));
    target = scratch.resolve("target");
  }

  @Test
  void everythingComesBack() throws Exception {
    write("plain.txt", "plain");
    write("bin/tool", "#!/bin/sh\n");
    assertThat(source.resolve("bin/tool").toFile().setExecutable(true)).isTrue();
    write("unicode/ä ö €.txt", "named");
    write("long/" + "n".repeat(150) + "/" + "f".repeat(200), "deep");
    Files.createDirectories(source.resolve("empty/folder"));
    Files.createSymbolicLink(source.resolve("bin/link"), Path.of("../plain.txt"));
    Files.createSymbolicLink(source.resolve("dangling"), Path.of("not/there"));

    unpack(pack(source), ArchiveLimits.DEFAULT);

    assertThat(target.resolve("plain.txt")).hasContent("plain");
    assertThat(target.resolve("bin/tool")).isExecutable();
    assertThat(Files.isExecutable(target.resolve("plain.txt"))).isFalse();
    assertThat(target.resolve("unicode/ä ö €.txt")).hasContent("named");
    assertThat(target.resolve("long/" + "n".repeat(150) + "/" + "f".repeat(200)))
        .hasContent("deep");
    assertThat(target.resolve("empty/folder")).isEmptyDirectory();
    assertThat(target.resolve("bin/link")).isSymbolicLink().hasContent("plain");
    assertThat(Files.isSymbolicLink(target.resolve("dangling"))).isTrue();
  }

  @Test
  void theSameFilesGiveTheSameBytes() throws Exception {
    write("b", "2");
    write("a", "1");
    write("a.d/x", "3");
    var first = pack(source);

    var copy = Files.createDirectory(scratch.resolve("copy"));
    Files.createDirectory(copy.resolve("a.d"));
    Files.writeString(copy.resolve("a.d/x"), "3");
    Files.writeString(copy.resolve("a"), "1");
    Files.writeString(copy.resolve("b"), "2");
    Files.setLastModifiedTime(copy.resolve("b"), FileTime.from(Instant.EPOCH));
    Files.setPosixFilePermissions(copy.resolve("a"), PosixFilePermissions.fromString("rw-rw-rw-"));

    assertThat(pack(copy)).isEqualTo(first);
  }

  @Test
  void aFileAloneIsPackedUnderItsName() throws Exception {
    write("app.jar", "bytes");

    unpack(pack(source.resolve("app.jar")), ArchiveLimits.DEFAULT);

    assertThat(target.resolve("app.jar")).hasContent("bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "../outside", "sub/../../outside"})
  void aFolderWithALinkThatLeavesItIsNotPacked(String link) throws Exception {
    Files.createSymbolicLink(source.resolve("link"), Path.of(link));

    assertThatThrownBy(() -> pack(source))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessageContaining("`link` leads out");
  }

  @Test
  void aPipeIsNotPacked() throws Exception {
    assertThat(new ProcessBuilder("mkfifo", source.resolve("pipe").toString()).start().waitFor())
        .isZero();

    assertThatThrownBy(() -> pack(source)).isInstanceOf(UnsafeArchiveException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../outside", "/outside", "a/../../outside", "..", "a/.."})
  void anEntryThatLeadsOutIsRefused(String name) throws Exception {
    var archive = archive(tar -> file(tar, name, "bad"));

    assertThatThrownBy(() -> unpack(archive, ArchiveLimits.DEFAULT))
        .isInstanceOf(UnsafeArchiveException.class);
    assertThat(scratch.resolve("outside")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "..", "../x", "sub/../../x"})
  void aLinkThatLeadsOutIsRefused(String link) throws Exception {
    var archive = archive(tar -> link(tar, "link", link));

    assertThatThrownBy(() -> unpack(archive, ArchiveLimits.DEFAULT))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessageContaining("leads out");
    assertThat(Files.exists(target.resolve("link"), LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void linksThatOnlyTogetherLeadOutAreRefused() throws Exception {
    var archive =
        archive(
            tar -> {
              folder(tar, "deep");
              link(tar, "deep/up", "..");
              link(tar, "out", "deep/up/..");
            });

    assertThatThrownBy(() -> unpack(archive, ArchiveLimits.DEFAULT))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessageContaining("`out` leads out");
  }

  @Test
  void linksInACircleAreRefused() throws Exception {
    var archive =
        archive(
            tar -> {
              link(tar, "a", "b");
              link(tar, "b", "a");
            });

    assertThatThrownBy(() -> unpack(archive, ArchiveLimits.DEFAULT))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessageContaining("never ends");
  }

  @Test
  void nothingIsWrittenThroughALink() throws Exception {
    var linkFirst =
        archive(
            tar -> {
              link(tar, "a", "b");
              file(tar, "a/file", "through");
            });
    var fileFirst =
        archive(
            tar -> {
              file(tar, "a/file", "through");
              link(tar, "a", "b");
            });

    for (var archive : List.of(linkFirst, fileFirst)) {
      target = Files.createTempDirectory(scratch, "target");
      assertThatThrownBy(() -> unpack(archive, ArchiveLimits.DEFAULT))
          .isInstanceOf(UnsafeArchiveException.class);
    }
  }

  @Test
  void anEntryThatIsThereTwiceIsRefused() throws Exception {
    var archive =
        archive(
            tar -> {
              file(tar, "a", "1");
              file(tar, "./a", "2");
            });

    assertThatThrownBy(() -> unpack(archive, ArchiveLimits.DEFAULT))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessageContaining("twice");
  }

  @ParameterizedTest
  @ValueSource(
      bytes = {
        TarConstants.LF_LINK,
        TarConstants.LF_CHR,
        TarConstants.LF_BLK,
        TarConstants.LF_FIFO
      })
  void devicesAndHardLinksAreRefused(byte type) throws Exception {
    var archive =
        archive(
            tar -> {
              var entry = new TarArchiveEntry("odd", type);
              entry.setLinkName("/etc/passwd");
              tar.putArchiveEntry(entry);
              tar.closeArchiveEntry();
            });

    assertThatThrownBy(() -> unpack(archive, ArchiveLimits.DEFAULT))
        .isInstanceOf(UnsafeArchiveException.class);
  }

  @Test
  void tooManyEntriesAreRefused() throws Exception {
    var archive =
        archive(
            tar -> {
              for (var i = 0; i < 11; i++) {
                file(tar, "f" + i, "");
              }
            });

    assertThatThrownBy(() -> unpack(archive, new ArchiveLimits(10, 100)))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessageContaining("more than 10 entries");
  }

  @Test
  void tooManyBytesAreRefused() throws Exception {
    var archive = archive(tar -> file(tar, "big", "x".repeat(101)));

    assertThatThrownBy(() -> unpack(archive, new ArchiveLimits(10, 100)))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessageContaining("more than 100 bytes");
  }

  @Test
  void aFolderInUseIsNotUnpackedInto() throws Exception {
    Files.createDirectory(target);
    Files.createSymbolicLink(target.resolve("a"), scratch);

    assertThatThrownBy(() -> unpack(archive(tar -> file(tar, "a/b", "")), ArchiveLimits.DEFAULT))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessageContaining("not empty");
  }

  @Test
  void halfAnArchiveIsNoArchive() throws Exception {
    write("file", "x".repeat(10_000));
    var whole = pack(source);
    var half = Arrays.copyOf(whole, 5_000);

    assertThatThrownBy(() -> unpack(half, ArchiveLimits.DEFAULT)).isInstanceOf(IOException.class);
    target = scratch.resolve("other");
    assertThatThrownBy(
            () -> unpack("no tar at all".repeat(100).getBytes(UTF_8), ArchiveLimits.DEFAULT))
        .isInstanceOf(IOException.class);
  }

  @Test
  void anInterruptionStopsIt() throws Exception {
    write("file", "x");
    var archive = pack(source);

    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> unpack(archive, ArchiveLimits.DEFAULT))
        .isInstanceOf(InterruptedException.class);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> pack(source)).isInstanceOf(InterruptedException.class);
  }

  private void write(String name, String content) throws IOException {
    var file = source.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, content);
  }

  private static byte[] pack(Path content) throws IOException, InterruptedException {
    var out = new ByteArrayOutputStream();
    TarPacker.pack(content, out);
    return out.toByteArray();
  }

  private void unpack(byte[] archive, ArchiveLimits limits)
      throws IOException, InterruptedException {
    TarUnpacker.unpack(new ByteArrayInputStream(archive), target, limits);
  }

  private interface Filling {
    void fill(TarArchiveOutputStream tar) throws IOException;
  }

  private static byte[] archive(Filling filling) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(out)) {
      filling.fill(tar);
    }
    return out.toByteArray();
  }

  private static void file(TarArchiveOutputStream tar, String name, String content)
      throws IOException {
    var entry = new TarArchiveEntry(name, true);
    entry.setSize(content.length());
    tar.putArchiveEntry(entry);
    tar.write(content.getBytes(UTF_8));
    tar.closeArchiveEntry();
  }

  private static void folder(TarArchiveOutputStream tar, String name) throws IOException {
    tar.putArchiveEntry(new TarArchiveEntry(name + "/"));
    tar.closeArchiveEntry();
  }

  private static void link(TarArchiveOutputStream tar, String name, String target)
      throws IOException {
    var entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
    entry.setLinkName(target);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }
}
