package dev.slipway.activities.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipway.artifact.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderStoreTest extends StoreContract {
  @TempDir private Path folder;

  @Override
  Store open() throws IOException {
    return FolderStore.open(folder.resolve("store"));
  }

  @Test
  void onlyTheOwnerCanReadIt() throws IOException {
    var digest = open().put(new ByteArrayInputStream("secret".getBytes(UTF_8)));
    open().create("records/a", new byte[0]);
    open().appendLog("logs/a").close();

    try (var paths = Files.walk(folder.resolve("store"))) {
      assertThat(paths)
          .isNotEmpty()
          .allSatisfy(
              path ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                      .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
    }
    assertThat(blob(digest)).isRegularFile();
  }

  @Test
  void damagedBytesAreNoticedWhenRead() throws IOException {
    var digest = open().put(new ByteArrayInputStream("right".getBytes(UTF_8)));
    Files.writeString(blob(digest), "wrong");

    try (var blob = open().open(digest)) {
      assertThatThrownBy(blob::readAllBytes)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("damaged")
          .hasMessageContaining(digest.text());
    }
  }

  @Test
  void aCutBlobIsWrittenAgain() throws IOException {
    var bytes = "whole".getBytes(UTF_8);
    var digest = open().put(new ByteArrayInputStream(bytes));
    Files.writeString(blob(digest), "who");

    open().put(new ByteArrayInputStream(bytes));

    assertThat(blob(digest)).hasBinaryContent(bytes);
  }

  @Test
  void whatADeadWriterLeftIsSwept() throws IOException {
    open();
    var fresh = Files.writeString(folder.resolve("store/tmp/fresh"), "being written");
    var old = Files.writeString(folder.resolve("store/tmp/old"), "left");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));

    open();

    assertThat(old).doesNotExist();
    assertThat(fresh).exists();
  }

  @Test
  void aNameCannotBeARecordAndAFolder() throws IOException {
    open().create("a", new byte[0]);
    open().create("b/c", new byte[0]);

    assertThatThrownBy(() -> open().create("a/b", new byte[0])).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> open().create("b", new byte[0])).isInstanceOf(IOException.class);
  }

  @Test
  void ofTwoProcessesOneGetsEachRecord() throws Exception {
    open();
    var writers = new ArrayList<Process>();
    for (var writer : List.of("left", "right")) {
      writers.add(start(RecordWriter.class, writer));
    }

    var won = new HashSet<String>();
    for (var writer : writers) {
      try (var names = writer.inputReader()) {
        assertThat(names.lines()).allSatisfy(name -> assertThat(won.add(name)).isTrue());
      }
      assertThat(writer.waitFor()).isZero();
    }

    assertThat(won).hasSize(RecordWriter.RECORDS);
  }

  @Test
  void aWriterKilledInMidWriteLeavesOnlyWholeThings() throws Exception {
    open();
    for (var round = 0; round < 3; round++) {
      var had = blobs().size();
      var writer = start(EndlessWriter.class, "w" + round);
      try {
        await().atMost(Duration.ofSeconds(20)).until(() -> blobs().size() > had + 20);
      } finally {
        writer.destroyForcibly().waitFor();
      }
    }

    for (var blob : blobs()) {
      var digest = Digest.of(Files.readAllBytes(blob));
      assertThat(blob(digest)).isEqualTo(blob);
    }
    for (var name : open().list("records")) {
      assertThat(open().read("records/" + name).orElseThrow()).hasSize(EndlessWriter.RECORD_SIZE);
    }
  }

  private Process start(Class<?> main, String argument) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName(),
            folder.resolve("store").toString(),
            argument)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private List<Path> blobs() throws IOException {
    try (var paths = Files.walk(folder.resolve("store/blobs"))) {
      return paths.filter(Files::isRegularFile).toList();
    }
  }

  private Path blob(Digest digest) {
    return folder
        .resolve("store/blobs")
        .resolve(digest.hex().substring(0, 2))
        .resolve(digest.hex().substring(2));
  }

  /** A process that says which of the records it got. */
  static final class RecordWriter {
    static final int RECORDS = 60;

    public static void main(String[] arguments) throws IOException {
      var store = FolderStore.open(Path.of(arguments[0]));
      for (var record = 0; record < RECORDS; record++) {
        if (store.create("shared/" + record, arguments[1].getBytes(UTF_8))) {
          System.out.println(record);
        }
      }
    }
  }

  /** A process that writes until it is killed. */
  static final class EndlessWriter {
    static final int RECORD_SIZE = 300_000;

    public static void main(String[] arguments) throws IOException {
      var store = FolderStore.open(Path.of(arguments[0]));
      for (var round = 0; round < 100_000; round++) {
        var text = arguments[1] + ":" + round + ";";
        var content = text.repeat(RECORD_SIZE / text.length() + 1).getBytes(UTF_8);
        store.put(new ByteArrayInputStream(content));
        store.create(
            "records/" + arguments[1] + "-" + round,
            new String(content, UTF_8).substring(0, RECORD_SIZE).getBytes(UTF_8));
      }
    }
  }
}
