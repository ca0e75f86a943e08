package dev.slipway.activities.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.activities.frontend.PublishedFile.Caching;
import dev.slipway.activities.store.FolderStore;
import dev.slipway.artifact.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
  private static final Digest DIGEST = Digest.of(new byte[] {1});

  @SuppressWarnings("NullAway.Init") // JUnit sets it before each test
  @TempDir
  Path folder;

  @Test
  void theSameFilesGiveTheSameManifest() throws Exception {
    var store = FolderStore.open(folder.resolve("store"));
    var one = site("one");
    var other = site("other");

    var manifest = new ManifestBuilder(store).keep(one);

    assertThat(new ManifestBuilder(store).keep(other).digest()).isEqualTo(manifest.digest());
    assertThat(manifest.files().stream().map(PublishedFile::path))
        .containsExactly("assets/app-BsG3kT2a.js", "favicon.ico", "index.html");
    assertThat(manifest.cached(Caching.LASTING).stream().map(PublishedFile::path))
        .containsExactly("assets/app-BsG3kT2a.js");
    try (var kept = store.open(manifest.digest())) {
      assertThat(Manifest.read(kept.readAllBytes())).isEqualTo(manifest);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/../b", "/x", "a//b", "", "a\\b", "a\nb", "./a", "a/"})
  void aPathThatLeadsElsewhereCanNotBePublished(String path) {
    assertThatThrownBy(() -> file(path)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPathStandsInAManifestOnce() {
    assertThatThrownBy(() -> new Manifest(List.of(file("a"), file("a"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static PublishedFile file(String path) {
    return new PublishedFile(path, DIGEST, 1, "text/css", Caching.ASK);
  }

  private Path site(String name) throws Exception {
    var site = folder.resolve(name);
    Files.createDirectories(site.resolve("assets"));
    Files.createDirectories(site.resolve(".vite"));
    Files.writeString(site.resolve("index.html"), "<html>");
    Files.writeString(site.resolve("favicon.ico"), "icon");
    Files.writeString(site.resolve(".vite/manifest.json"), "{}");
    Files.writeString(site.resolve("assets/app-BsG3kT2a.js"), "let a");
    return site;
  }
}
