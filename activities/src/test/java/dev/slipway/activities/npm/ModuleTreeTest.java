package dev.slipway.activities.npm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.activities.npm.ModuleTree.Cloning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModuleTreeTest {
  @TempDir private Path folder;
  private Path modules;
  private Path target;

  @BeforeEach
  void modules() throws IOException {
    modules = folder.resolve("modules");
    target = folder.resolve("target");
    NpmProjectFolder.file(modules.resolve(".package-lock.json"), "{}");
    NpmProjectFolder.file(modules.resolve("a/bin.js"), "a");
    NpmProjectFolder.file(modules.resolve(".prisma/client.js"), "generated");
    Files.createDirectories(modules.resolve(".bin"));
    Files.createSymbolicLink(modules.resolve(".bin/a"), Path.of("../a/bin.js"));
    assertThat(modules.resolve("a/bin.js").toFile().setExecutable(true)).isTrue();
  }

  @Test
  void aLinkedCloneSharesFilesAndNoFolders() throws Exception {
    ModuleTree.scan(modules).cloneTo(target, Cloning.LINK);

    assertThat(Files.isSameFile(modules.resolve("a/bin.js"), target.resolve("a/bin.js"))).isTrue();
    Files.createFile(target.resolve("a/new.js"));
    assertThat(modules.resolve("a/new.js")).doesNotExist();
    assertThat(Files.readSymbolicLink(target.resolve(".bin/a"))).hasToString("../a/bin.js");
  }

  @Test
  void whatToolsWriteAgainIsCopied() throws Exception {
    ModuleTree.scan(modules).cloneTo(target, Cloning.LINK);

    Files.writeString(target.resolve(".prisma/client.js"), "changed");
    Files.writeString(target.resolve(".package-lock.json"), "changed");

    assertThat(modules.resolve(".prisma/client.js")).hasContent("generated");
    assertThat(modules.resolve(".package-lock.json")).hasContent("{}");
  }

  @Test
  void aCopiedCloneSharesNothing() throws Exception {
    ModuleTree.scan(modules).cloneTo(target, Cloning.COPY);

    Files.writeString(target.resolve("a/bin.js"), "changed");

    assertThat(modules.resolve("a/bin.js")).hasContent("a");
    assertThat(target.resolve("a/bin.js")).isExecutable();
  }

  @Test
  void theFingerprintSeesEveryChange() throws Exception {
    var before = ModuleTree.scan(modules).fingerprint();
    assertThat(ModuleTree.scan(modules).fingerprint()).isEqualTo(before);

    Files.writeString(modules.resolve("a/bin.js"), "b");
    var written = ModuleTree.scan(modules).fingerprint();
    Files.createFile(modules.resolve("a/more.js"));
    var added = ModuleTree.scan(modules).fingerprint();
    Files.delete(modules.resolve(".bin/a"));
    var removed = ModuleTree.scan(modules).fingerprint();

    assertThat(List.of(before, written, added, removed)).doesNotHaveDuplicates();
  }
}
