package dev.slipway.activities.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.artifact.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store must do, whatever it keeps things in. */
abstract class StoreContract {
  /** The store under test, each time opened anew. */
  abstract Store open() throws IOException;

  @Test
  void aBlobIsKeptUnderItsDigest() throws IOException {
    var bytes = "hello".getBytes(UTF_8);

    var digest = open().put(new ByteArrayInputStream(bytes));

    assertThat(digest).isEqualTo(Digest.of(bytes));
    assertThat(open().size(digest)).contains(5L);
    try (var blob = open().open(digest)) {
      assertThat(blob.readAllBytes()).isEqualTo(bytes);
    }
  }

  @Test
  void anEmptyBlobIsABlob() throws IOException {
    var digest = open().put(InputStream.nullInputStream());

    assertThat(open().size(digest)).contains(0L);
  }

  @Test
  void aBlobThatIsNotThereIsSaidSo() throws IOException {
    var absent = Digest.of("absent".getBytes(UTF_8));

    assertThat(open().size(absent)).isEmpty();
    assertThatThrownBy(() -> open().open(absent)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aBlobWhoseSourceBreaksIsNotKept() throws IOException {
    var half = "half".getBytes(UTF_8);
    var breaking = new SequenceInputStream(new ByteArrayInputStream(half), new BrokenStream());

    assertThatThrownBy(() -> open().put(breaking)).hasMessage("the source broke");

    assertThat(open().size(Digest.of(half))).isEmpty();
  }

  @Test
  void aRecordIsWrittenOnce() throws IOException {
    assertThat(open().create("runs/storefront/1", "first".getBytes(UTF_8))).isTrue();
    assertThat(open().create("runs/storefront/1", "second".getBytes(UTF_8))).isFalse();

    assertThat(open().read("runs/storefront/1")).contains("first".getBytes(UTF_8));
    assertThat(open().read("runs/storefront/2")).isEmpty();
    assertThat(open().read("runs/storefront")).isEmpty();
  }

  @Test
  void ofManyWritersOfOneRecordOneWins() throws Exception {
    var store = open();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var round = 0; round < 20; round++) {
        var name = "numbers/" + round;
        var writers = new ArrayList<Callable<Boolean>>();
        for (var writer = 0; writer < 8; writer++) {
          var content = ("writer " + writer).getBytes(UTF_8);
          writers.add(() -> store.create(name, content));
        }

        var wins = 0;
        for (var result : threads.invokeAll(writers)) {
          wins += result.get() ? 1 : 0;
        }

        assertThat(wins).isEqualTo(1);
      }
    }
  }

  @Test
  void ofManyWritersOfOneBlobAllSucceed() throws Exception {
    var store = open();
    var content = "the same".repeat(100_000).getBytes(UTF_8);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var writers = new ArrayList<Callable<Digest>>();
      for (var writer = 0; writer < 8; writer++) {
        writers.add(() -> store.put(new ByteArrayInputStream(content)));
      }

      for (var result : threads.invokeAll(writers)) {
        assertThat(result.get()).isEqualTo(Digest.of(content));
      }
    }
  }

  @Test
  void aFolderListsItsNamesInNaturalOrder() throws IOException {
    var store = open();
    for (var name : new String[] {"10", "9", "1", "b", "a2", "a10", "100"}) {
      store.create("list/" + name, new byte[0]);
    }
    store.create("list/folder/inner", new byte[0]);

    assertThat(open().list("list"))
        .containsExactly("1", "9", "10", "100", "a2", "a10", "b", "folder");
    assertThat(open().list("nothing")).isEmpty();
    assertThat(open().list("list/1")).isEmpty();
    assertThat(open().list("")).containsExactly("list");
  }

  @Test
  void aLogIsReadableWhileItGrows() throws IOException {
    try (var log = open().appendLog("logs/a.log")) {
      log.append("one\n".getBytes(UTF_8));
      assertThat(open().readLog("logs/a.log", 0, 100)).isEqualTo("one\n".getBytes(UTF_8));

      log.append("two\n".getBytes(UTF_8));
      assertThat(open().readLog("logs/a.log", 4, 100)).isEqualTo("two\n".getBytes(UTF_8));
      assertThat(open().readLog("logs/a.log", 4, 2)).isEqualTo("tw".getBytes(UTF_8));
      assertThat(open().readLog("logs/a.log", 8, 100)).isEmpty();
      assertThat(open().readLog("logs/a.log", 800, 100)).isEmpty();
    }
  }

  @Test
  void aLogOpenedAgainKeepsWhatItHad() throws IOException {
    try (var log = open().appendLog("logs/b.log")) {
      log.append("one\n".getBytes(UTF_8));
    }
    try (var log = open().appendLog("logs/b.log")) {
      log.append("two\n".getBytes(UTF_8));
    }

    assertThat(open().readLog("logs/b.log", 0, 100)).isEqualTo("one\ntwo\n".getBytes(UTF_8));
    assertThat(open().readLog("logs/never.log", 0, 100)).isEmpty();
  }

  @Test
  void anInterruptedThreadCanStillWrite() throws IOException {
    Thread.currentThread().interrupt();
    try (var log = open().appendLog("logs/c.log")) {
      log.append("stopped\n".getBytes(UTF_8));
      open().create("records/c", new byte[] {1});
      open().put(new ByteArrayInputStream(new byte[] {1}));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }

    assertThat(open().readLog("logs/c.log", 0, 100)).isEqualTo("stopped\n".getBytes(UTF_8));
    assertThat(open().read("records/c")).isPresent();
  }

  @Test
  void aStoreKeepsItsIdentity() throws IOException {
    assertThat(open().identity()).isNotBlank().isEqualTo(open().identity());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/etc/passwd",
        "..",
        "../up",
        "a/../b",
        "a//b",
        "a/",
        ".hidden",
        "a/.b",
        "a b",
        "a\\b",
        "ä",
        "a\nb"
      })
  void aNameThatCouldLeaveItsFolderIsRefused(String name) throws IOException {
    var store = open();

    assertThatThrownBy(() -> store.create(name, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.read(name)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.appendLog(name)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.readLog(name, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static final class BrokenStream extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("the source broke");
    }

    @Override
    public int read(byte[] bytes, int from, int most) throws IOException {
      return read();
    }
  }
}
