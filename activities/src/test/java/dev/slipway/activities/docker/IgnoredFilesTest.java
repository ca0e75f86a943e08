package dev.slipway.activities.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IgnoredFilesTest {
  @ParameterizedTest
  @CsvSource({
    "node_modules, node_modules/a/b.js, true",
    "node_modules, web/node_modules/a.js, false",
    "**/node_modules, web/node_modules/a.js, true",
    "**/node_modules, node_modules, true",
    "/dist/, dist/a, true",
    "./dist, dist, true",
    "*.md, README.md, true",
    "*.md, docs/README.md, false",
    "docs/*.md, docs/README.md, true",
    "docs/**, docs/a/b, true",
    "**/*.log, a/b/c.log, true",
    "a?c, abc, true",
    "a?c, a/c, false",
    "[ab].txt, b.txt, true",
    "[^ab].txt, b.txt, false",
    "a.c, abc, false",
    "'a\\*b', a*b, true",
    "'a\\*b', axb, false",
    "a/../b, b, true",
    "# note, note, false",
    "*, anything/at/all, true"
  })
  void aRuleFitsAsInDockersClient(String rule, String path, boolean ignored) {
    assertThat(IgnoredFiles.of(List.of(rule)).contains(path)).isEqualTo(ignored);
  }

  @Test
  void theLastRuleDecides() {
    var files = IgnoredFiles.of(List.of("*", "!src", "src/secret", "", "  !src/secret/public  "));

    assertThat(files.contains("a")).isTrue();
    assertThat(files.contains("src/a")).isFalse();
    assertThat(files.contains("src/secret/a")).isTrue();
    assertThat(files.contains("src/secret/public")).isFalse();
  }
}
