package dev.slipway.activities.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.action.FailureType;
import dev.slipway.artifact.Digest;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepFailure;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tagging does, on every registry. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class ImageTagsContract {
  final ImageTags tags = new ImageTags();

  abstract TestRegistry open() throws IOException;

  abstract TestRegistry withLogin() throws IOException;

  static StepFailure failure(
      TestRegistry registry, Digest digest, @Nullable String username, @Nullable String password)
      throws InterruptedException {
    try {
      new ImageTags()
          .attach(registry.host() + "/team/shop", digest, List.of("v1"), username, password);
      throw new AssertionError("the tag was attached");
    } catch (StepFailedException e) {
      return e.failure();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {Uploads.OCI, Uploads.DOCKER})
  void aTagStandsForTheSameBytesOfTheSameType(String type) throws Exception {
    try (var registry = open()) {
      var uploads = new Uploads(registry);
      var digest = uploads.image("team/shop", type, "one");

      tags.attach(registry.host() + "/team/shop", digest, List.of("v1", "main"), null, null);

      for (var tag : List.of("v1", "main")) {
        var found = uploads.tagged("team/shop", tag).orElseThrow();
        assertThat(found.digest()).isEqualTo(digest);
        assertThat(found.type()).isEqualTo(type);
      }
    }
  }

  @Test
  void doneTwiceEqualsDoneOnce() throws Exception {
    try (var registry = open()) {
      var uploads = new Uploads(registry);
      var digest = uploads.image("team/shop", Uploads.OCI, "one");

      tags.attach(registry.host() + "/team/shop", digest, List.of("v1"), null, null);
      tags.attach(registry.host() + "/team/shop", digest, List.of("v1"), null, null);

      assertThat(uploads.digest("team/shop", "v1")).contains(digest);
    }
  }

  @Test
  void aTagMovesToTheNewerImage() throws Exception {
    try (var registry = open()) {
      var uploads = new Uploads(registry);
      var older = uploads.image("team/shop", Uploads.OCI, "one");
      var newer = uploads.image("team/shop", Uploads.OCI, "two");
      tags.attach(registry.host() + "/team/shop", older, List.of("main"), null, null);

      tags.attach(registry.host() + "/team/shop", newer, List.of("main"), null, null);

      assertThat(uploads.digest("team/shop", "main")).contains(newer);
    }
  }

  @Test
  void anImageThatIsGoneGetsNoTag() throws Exception {
    try (var registry = open()) {
      var failure = failure(registry, Digest.of(new byte[1]), null, null);

      assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
      assertThat(failure.happened()).contains("has no image sha256:");
    }
  }

  @Test
  void aLoginOpensAPrivateRegistry() throws Exception {
    try (var registry = withLogin()) {
      var uploads = new Uploads(registry);
      var digest = uploads.image("team/shop", Uploads.OCI, "one");

      tags.attach(
          registry.host() + "/team/shop",
          digest,
          List.of("v1"),
          TestRegistry.USERNAME,
          TestRegistry.PASSWORD);

      assertThat(uploads.digest("team/shop", "v1")).contains(digest);
    }
  }

  @Test
  void withoutOrWithAWrongLoginAPrivateRegistryRefuses() throws Exception {
    try (var registry = withLogin()) {
      var digest = new Uploads(registry).image("team/shop", Uploads.OCI, "one");

      var without = failure(registry, digest, null, null);
      var wrong = failure(registry, digest, TestRegistry.USERNAME, "wrong battery");

      assertThat(without.type()).isEqualTo(FailureType.CONFIGURATION);
      assertThat(without.happened()).contains("401");
      assertThat(without.advice()).contains("`username`").contains("${secret:NAME}");
      assertThat(wrong.type()).isEqualTo(FailureType.CONFIGURATION);
      assertThat(wrong.happened() + wrong.advice()).doesNotContain("wrong battery");
    }
  }
}
