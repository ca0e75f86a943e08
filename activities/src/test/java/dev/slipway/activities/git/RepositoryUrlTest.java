package dev.slipway.activities.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryUrlTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://ann:T0KEN@example.com/shop.git",
        "https://T0KEN@example.com/shop.git",
        "HTTPS://ann:T0KEN@example.com/shop.git",
        "http://:T0KEN@example.com/shop.git",
        "ssh://git:T0KEN@example.com/shop.git",
        "git://ann:T0KEN@example.com/shop.git",
        "https://ann:T0@KEN@example.com/shop.git",
      })
  void aUrlWithCredentialsIsRefusedWithoutThem(String url) {
    assertThatThrownBy(() -> GitRepository.at(new Git("test", folder), folder, url))
        .isInstanceOfSatisfying(
            StepFailedException.class,
            e -> {
              assertThat(e.failure().type()).isEqualTo(FailureType.CONFIGURATION);
              assertThat(e.failure().happened())
                  .contains("://***@example.com/shop.git")
                  .doesNotContain("T0")
                  .doesNotContain("KEN");
              assertThat(e.failure().advice()).contains("credential helper");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com/shop.git",
        "https://example.com:8443/a@b/shop.git",
        "ssh://git@example.com:22/shop.git",
        "git@example.com:shop/shop.git",
        "file:///srv/git/shop.git",
      })
  void aUrlWithoutCredentialsIsTakenAsItIs(String url) throws Exception {
    assertThat(GitRepository.at(new Git("test", folder), folder, url).location()).isEqualTo(url);
  }

  /** With settings such as {@code url.git://ann:T0KEN@example.com/.insteadOf}. */
  @Test
  void credentialsThatGitsOwnSettingsPutIntoAUrlAreNotRepeated() {
    assertThat(
            Git.firstLine(
                "warning: slow\nfatal: unable to look up ann:T0KEN@example.com:1 (not known)"))
        .isEqualTo("fatal: unable to look up ***@example.com:1 (not known)");
    assertThat(Git.byHand(List.of("fetch", "--", "https://ann:T0KEN@example.com/shop.git")))
        .isEqualTo("Try it by hand: git fetch -- https://***@example.com/shop.git");
  }

  @Test
  void everyUrlOfATextIsMasked() {
    assertThat(
            RepositoryUrl.masked(
                "fatal: 'https://a:b@x/y' is not ssh://git@z/w, ask ann@example.com"))
        .isEqualTo("fatal: 'https://***@x/y' is not ssh://***@z/w, ask ann@example.com");
  }
}
