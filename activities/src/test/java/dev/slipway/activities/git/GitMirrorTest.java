package dev.slipway.activities.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.action.FailureType;
import dev.slipway.activities.archive.FileTrees;
import dev.slipway.activities.process.BaseEnvironment;
import dev.slipway.activities.store.FolderStore;
import dev.slipway.artifact.Digest;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitMirrorTest {
  @TempDir private Path folder;
  private Git git;
  private TestRepository shop;
  private GitMirror mirror;
  private FolderStore store;

  @BeforeEach
  void makeRepository() throws Exception {
    git = git(Map.of("PATH", System.getenv("PATH")));
    shop = TestRepository.make(folder.resolve("shop"));
    mirror = GitMirror.open(git, folder.resolve("mirror.git"));
    store = FolderStore.open(folder.resolve("store"));
  }

  @Test
  void aCommitOutlivesTheRepositoryItCameFrom() throws Exception {
    var commit = shop.commit("slipway.yaml", "stages: []\n", "Deliver");
    var fetched = mirror.fetch(shop.path(), commit);
    FileTrees.delete(Path.of(shop.path()));

    var reopened = GitMirror.open(git, folder.resolve("mirror.git"));

    assertThat(reopened.fetch(shop.path(), commit)).isEqualTo(fetched);
    assertThat(reopened.file(commit, "slipway.yaml", 100))
        .asString(UTF_8)
        .isEqualTo("stages: []\n");
    assertThat(reopened.archive(commit, store)).isNotNull();
  }

  @Test
  void readingAMirrorRunsNoProgramOfItsConfiguration() throws Exception {
    var ran = folder.resolve("ran");
    Files.writeString(
        folder.resolve("mirror.git/config"),
        """
        [core]
        	sshCommand = touch %s;
        [remote "origin"]
        	url = ssh://nowhere/shop
        	promisor = true
        """
            .formatted(ran),
        StandardOpenOption.APPEND);
    var nowhere = "0123456789".repeat(4);

    assertThatThrownBy(() -> mirror.fetch(shop.path(), nowhere))
        .hasMessageContaining("has no commit " + nowhere);
    assertThat(ran).doesNotExist();
  }

  @Test
  void twoMayOpenAndFetchAtOnce() throws Exception {
    var commit = shop.commit("a", "a", "One");
    var target = folder.resolve("shared.git");

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<GitMirror> opening = () -> GitMirror.open(git, target);
      var opened = threads.invokeAll(List.of(opening, opening));
      for (var one : opened) {
        assertThat(one.get().fetch(shop.path(), commit).hash()).isEqualTo(commit);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-x --exec=no", "Größer, schöner: 価格 🛒", "with\ra carriage return"})
  void itsSubjectIsWhatWasWritten(String subject) throws Exception {
    var commit = shop.commit("a", "a", subject + "\n\nand more\n");

    assertThat(mirror.fetch(shop.path(), commit))
        .isEqualTo(new GitCommit(commit, subject, "Žofie Nováková <zofie@example.com>"));
  }

  @Test
  void aCommitMayHaveNoMessage() throws Exception {
    var commit = shop.commit("a", "a", "");

    assertThat(mirror.fetch(shop.path(), commit))
        .isEqualTo(new GitCommit(commit, "", "Žofie Nováková <zofie@example.com>"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"main", "HEAD", "--upload-pack=touch pwned", "main:refs/heads/x", "", "abc"})
  void onlyAFullHashNamesACommit(String revision) throws Exception {
    shop.commit("a", "a", "One");

    assertThatThrownBy(() -> mirror.fetch(shop.path(), revision))
        .isInstanceOfSatisfying(StepFailedException.class, GitMirrorTest::isConfiguration)
        .hasMessageContaining("no full hash");
  }

  @Test
  void aCommitThatNobodyHasIsNotAskedForAgain() throws Exception {
    shop.commit("a", "a", "One");
    var nowhere = "0123456789".repeat(4);

    assertThatThrownBy(() -> mirror.fetch(shop.path(), nowhere))
        .isInstanceOfSatisfying(StepFailedException.class, GitMirrorTest::isConfiguration)
        .hasMessageContaining("has no commit " + nowhere);
  }

  @Test
  void ofAFileThatIsTooLongNoMoreIsReadThanWasAskedFor() throws Exception {
    var commit = shop.commit("long", "x".repeat(5 << 20), "One");
    mirror.fetch(shop.path(), commit);

    assertThat(mirror.file(commit, "long", 1_000)).asString(UTF_8).isEqualTo("x".repeat(1_000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--upload-pack=touch PWNED",
        "-u touch PWNED",
        "ext::touch PWNED",
        "ext::sh -c touch% PWNED",
        "fd::7",
        "evil::PWNED"
      })
  void noRepositoryRunsAProgram(String repository) throws Exception {
    var pwned = folder.resolve("mirror.git/PWNED");
    var bin = Files.createDirectory(folder.resolve("bin"));
    program(bin.resolve("git-remote-evil"), "touch '%s'".formatted(pwned));
    var exposed =
        GitMirror.open(
            git(Map.of("PATH", bin + ":" + System.getenv("PATH"))), folder.resolve("mirror.git"));
    var commit = shop.commit("a", "a", "One");

    assertThatThrownBy(() -> exposed.fetch(repository, commit))
        .isInstanceOf(StepFailedException.class);
    assertThat(pwned).doesNotExist();
    assertThat(exposed.has(commit)).isFalse();
  }

  @Test
  void nobodysSettingsChangeWhatItSays() throws Exception {
    var home = Files.createDirectories(folder.resolve("home"));
    var gpg =
        program(folder.resolve("gpg"), "echo SPOILED; echo SPOILED >&2; touch " + home + "/ran");
    var hook = program(folder.resolve("template/hooks/reference-transaction"), "exit 1");
    Files.writeString(
        home.resolve(".gitconfig"),
        """
        [log]
          showSignature = true
          decorate = full
        [gpg]
          program = %s
        [core]
          hooksPath = %s
          fsmonitor = %s
          autocrlf = true
          abbrev = 12
        [tar]
          umask = 0077
        [i18n]
          logOutputEncoding = ISO-8859-1
        [init]
          templateDir = %s
        [alias]
          log = !false
          cat-file = !false
        [color]
          ui = always
        """
            .formatted(gpg, hook.getParent(), hook, folder.resolve("template")));
    Files.createDirectories(home.resolve(".config/git"));
    Files.writeString(home.resolve(".config/git/attributes"), "*.txt eol=crlf\n");
    var first = shop.commit("a.txt", "one\ntwo\n", "One");
    var raw = shop.git("cat-file", "commit", first);
    shop.write(
        "signed",
        raw.replaceFirst("\n\n.*", "")
            + "\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\nŽluť\n");
    var signed = shop.git("hash-object", "-t", "commit", "-w", "signed");
    shop.git("update-ref", "refs/heads/signed", signed);

    var spoiled =
        GitMirror.open(
            git(Map.of("PATH", System.getenv("PATH"), "HOME", home.toString())),
            folder.resolve("spoiled.git"));

    assertThat(spoiled.fetch(shop.path(), signed)).isEqualTo(mirror.fetch(shop.path(), signed));
    assertThat(spoiled.fetch(shop.path(), signed).subject()).isEqualTo("Žluť");
    spoiled.fetch(shop.path(), first);
    mirror.fetch(shop.path(), first);
    assertThat(spoiled.archive(first, store)).isEqualTo(mirror.archive(first, store));
    assertThat(home.resolve("ran")).doesNotExist();
  }

  @Test
  void theArchiveIsTheSameEachTime() throws Exception {
    var commit = shop.commit("src/a.txt", "a", "One");
    mirror.fetch(shop.path(), commit);
    var other = GitMirror.open(git, folder.resolve("other.git"));
    other.fetch(shop.path(), commit);

    assertThat(mirror.archive(commit, store))
        .isEqualTo(mirror.archive(commit, store))
        .isEqualTo(other.archive(commit, store));
    assertThat(files(mirror.archive(commit, store))).containsExactly(Map.entry("src/a.txt", "a"));
  }

  @Test
  void noAttributeOfACommitChangesItsArchive() throws Exception {
    shop.write(
        ".gitattributes", "tests export-ignore\n*.key export-ignore\nversion export-subst\n");
    shop.write("tests/a.test", "a");
    shop.write("b.key", "b");
    shop.write("sub/.gitattributes", "* export-ignore\n");
    shop.write("sub/c", "c");
    var commit = shop.commit("version", "$Format:%H$", "Hide some");
    mirror.fetch(shop.path(), commit);

    assertThat(files(mirror.archive(commit, store)))
        .containsEntry("tests/a.test", "a")
        .containsEntry("b.key", "b")
        .containsEntry("sub/c", "c")
        .containsEntry("version", "$Format:%H$");
  }

  @Test
  void aMissingFileIsNamedWithItsCommit() throws Exception {
    var commit = shop.commit("a", "a", "One");
    mirror.fetch(shop.path(), commit);

    assertThatThrownBy(() -> mirror.file(commit, "slipway.yaml", 100))
        .isInstanceOfSatisfying(StepFailedException.class, GitMirrorTest::isConfiguration)
        .hasMessageContaining("slipway.yaml")
        .hasMessageContaining(commit.substring(0, 8));
  }

  @Test
  void ancestryIsThatOfGit() throws Exception {
    var first = shop.commit("a", "1", "First");
    var second = shop.commit("a", "2", "Second");
    shop.git("switch", "--quiet", "--orphan", "elsewhere");
    var unrelated = shop.commit("b", "1", "Unrelated");
    mirror.fetch(shop.path(), second);
    mirror.fetch(shop.path(), unrelated);

    assertThat(mirror.isAncestor(first, second)).isTrue();
    assertThat(mirror.isAncestor(first, first)).isTrue();
    assertThat(mirror.isAncestor(second, first)).isFalse();
    assertThat(mirror.isAncestor(first, unrelated)).isFalse();
    assertThatThrownBy(() -> mirror.isAncestor("0123456789".repeat(4), first))
        .isInstanceOfSatisfying(StepFailedException.class, GitMirrorTest::isConfiguration);
  }

  @Test
  void afterAForcedPushWhatLivedIsStillKnownAndNamedAsLost() throws Exception {
    var base = shop.commit("a", "1", "Base");
    shop.commit("a", "2", "Live one");
    var live = shop.commit("a", "3", "Live two — naïve");
    mirror.fetch(shop.path(), live);
    shop.git("reset", "--quiet", "--hard", base);
    var forced = shop.commit("a", "4", "Instead");
    shop.git("reflog", "expire", "--expire=now", "--all");
    shop.git("gc", "--quiet", "--prune=now");
    mirror.fetch(shop.path(), forced);

    assertThat(mirror.has(live)).isTrue();
    assertThat(mirror.isAncestor(live, forced)).isFalse();
    assertThat(mirror.lost(live, forced))
        .satisfiesExactly(
            newest ->
                assertThat(newest).startsWith(live.substring(0, 7)).endsWith(" Live two — naïve"),
            oldest -> assertThat(oldest).endsWith(" Live one"));
    assertThat(mirror.lost(base, forced)).isEmpty();
  }

  @Test
  void aRevertCommitRevertsInTheHistoriesThatHaveIt() throws Exception {
    shop.commit("a", "1", "Base");
    var bad = shop.commit("a", "2", "Bad");
    var without = shop.commit("b", "1", "Goes on");
    var with = shop.revert(bad);
    var later = shop.commit("b", "2", "Goes on further");
    mirror.fetch(shop.path(), later);

    assertThat(mirror.isReverted(bad, bad)).isFalse();
    assertThat(mirror.isReverted(bad, without)).isFalse();
    assertThat(mirror.isReverted(bad, with)).isTrue();
    assertThat(mirror.isReverted(bad, later)).isTrue();
  }

  @Test
  void anAbbreviatedRevertAndThatOfAMergeCount() throws Exception {
    shop.commit("a", "1", "Base");
    shop.git("switch", "--quiet", "-c", "feature");
    shop.commit("b", "1", "Feature");
    shop.git("switch", "--quiet", "main");
    shop.git("merge", "--quiet", "--no-ff", "--no-edit", "feature");
    var merge = shop.head();
    shop.revert(merge, "--mainline=1");
    var bad = shop.commit("a", "2", "Bad");
    var end = shop.revert(bad, "--reference");
    mirror.fetch(shop.path(), end);

    assertThat(mirror.isReverted(merge, end)).isTrue();
    assertThat(mirror.isReverted(bad, end)).isTrue();
  }

  @Test
  void aRevertedRevertBringsTheBadCommitBack() throws Exception {
    shop.commit("a", "1", "Base");
    var bad = shop.commit("a", "2", "Bad");
    var revert = shop.revert(bad);
    var again = shop.revert(revert);
    var off = shop.revert(again);
    mirror.fetch(shop.path(), off);

    assertThat(mirror.isReverted(bad, revert)).isTrue();
    assertThat(mirror.isReverted(bad, again)).isFalse();
    assertThat(mirror.isReverted(bad, off)).isTrue();
  }

  @Test
  void talkOfARevertIsNone() throws Exception {
    shop.commit("a", "1", "Base");
    var bad = shop.commit("a", "2", "Bad");
    shop.commit("b", "1", "Talk\n\nIt does not help to write: This reverts commit " + bad + ".");
    shop.commit("b", "2", "Quote\n\n> This reverts commit " + bad + ".");
    shop.commit("b", "3", "Mention " + bad);
    var end = shop.commit("b", "4", "Other\n\nThis reverts commit " + "0123456789".repeat(4) + ".");
    mirror.fetch(shop.path(), end);

    assertThat(mirror.isReverted(bad, end)).isFalse();
  }

  @Test
  void aRevertBesideTheBadCommitTookNothingBack() throws Exception {
    shop.commit("a", "1", "Base");
    shop.git("switch", "--quiet", "-c", "beside");
    shop.git("switch", "--quiet", "main");
    var bad = shop.commit("a", "2", "Bad");
    shop.git("switch", "--quiet", "beside");
    var beside = shop.commit("b", "1", "Revert\n\nThis reverts commit " + bad + ".");
    shop.git("switch", "--quiet", "main");
    var unmerged = shop.commit("c", "1", "Goes on");
    shop.git("merge", "--quiet", "--no-edit", "beside");
    mirror.fetch(shop.path(), shop.head());

    assertThat(mirror.has(beside)).isTrue();
    assertThat(mirror.isReverted(bad, unmerged)).isFalse();
    assertThat(mirror.isReverted(bad, shop.head())).isFalse();
  }

  private Git git(Map<String, String> environment) throws IOException {
    return new Git(
        "test",
        Files.createDirectories(folder.resolve("temp")),
        BaseEnvironment.of(environment, List.of()));
  }

  private static void isConfiguration(StepFailedException failed) {
    assertThat(failed.failure().type()).isEqualTo(FailureType.CONFIGURATION);
  }

  private static Path program(Path file, String shell) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, "#!/bin/sh\n" + shell + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  private Map<String, String> files(Digest archive) throws IOException {
    var files = new LinkedHashMap<String, String>();
    try (var tar = new TarArchiveInputStream(store.open(archive))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.isFile()) {
          files.put(entry.getName(), new String(tar.readAllBytes(), UTF_8));
        }
      }
    }
    return files;
  }
}
