package dev.slipway.activities.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.action.FailureType;
import dev.slipway.activities.docker.FakeRegistry.Asking;
import dev.slipway.activities.docker.FakeRegistry.Fault;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ImageTagsTest extends ImageTagsContract {
  @Override
  TestRegistry open() throws IOException {
    return FakeRegistry.asking(Asking.NOTHING);
  }

  @Override
  TestRegistry withLogin() throws IOException {
    return FakeRegistry.asking(Asking.LOGIN);
  }

  @Test
  void aLoginIsExchangedForATokenOnce() throws Exception {
    try (var registry = FakeRegistry.asking(Asking.TOKEN)) {
      var uploads = new Uploads(registry);
      var digest = uploads.image("team/shop", Uploads.OCI, "one");

      tags.attach(
          registry.host() + "/team/shop",
          digest,
          List.of("v1", "v2"),
          TestRegistry.USERNAME,
          TestRegistry.PASSWORD);

      assertThat(uploads.digest("team/shop", "v2")).contains(digest);
      assertThat(registry.requests().stream().filter(request -> request.contains("/token")))
          .singleElement()
          .asString()
          .contains("service=fake")
          .contains("scope=repository%3Ateam%2Fshop%3Apull%2Cpush");
    }
  }

  @Test
  void whatHasTheTagAlreadyIsNotWritten() throws Exception {
    try (var registry = FakeRegistry.asking(Asking.NOTHING)) {
      var digest = new Uploads(registry).image("team/shop", Uploads.OCI, "one");
      tags.attach(registry.host() + "/team/shop", digest, List.of("v1"), null, null);
      registry.requests().clear();

      tags.attach(registry.host() + "/team/shop", digest, List.of("v1"), null, null);

      assertThat(registry.requests()).isNotEmpty().noneMatch(request -> request.startsWith("PUT"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "FORGETS_TAGS, CONFLICT, after it was put on",
    "BUSY, TRANSIENT, answered with 503: busy",
    "LIES, CONFLICT, another manifest",
    "FLOODS, CONFIGURATION, more than 4 MiB",
    "REFUSES_TOKENS, CONFIGURATION, gives no token"
  })
  void aRegistryThatMisbehavesIsSeen(Fault fault, FailureType type, String says) throws Exception {
    try (var registry = FakeRegistry.with(fault)) {
      var digest = new Uploads(registry).image("team/shop", Uploads.OCI, "one");

      var failure = failure(registry, digest, TestRegistry.USERNAME, TestRegistry.PASSWORD);

      assertThat(failure.type()).isEqualTo(type);
      assertThat(failure.happened()).contains(says).doesNotContain("\u001b");
    }
  }

  @Test
  void aRegistryThatDoesNotRunMayRunLater() throws Exception {
    var registry = FakeRegistry.asking(Asking.NOTHING);
    var digest = new Uploads(registry).image("team/shop", Uploads.OCI, "one");
    registry.close();

    var failure = failure(registry, digest, null, null);

    assertThat(failure.type()).isEqualTo(FailureType.TRANSIENT);
    assertThat(failure.happened()).startsWith(registry.host() + " can't be reached");
  }

  @ParameterizedTest
  @CsvSource({
    "shop, https://registry-1.docker.io, library/shop",
    "team/shop, https://registry-1.docker.io, team/shop",
    "r.example/team/shop, https://r.example, team/shop",
    "localhost/shop, http://localhost, shop",
    "localhost:5000/shop, http://localhost:5000, shop",
    "127.0.0.1:5000/shop, http://127.0.0.1:5000, shop",
    "127.0.0.1.example:5000/shop, https://127.0.0.1.example:5000, shop",
    "10.0.0.1:5000/shop, https://10.0.0.1:5000, shop"
  })
  void onlyThisMachineIsTalkedToWithoutEncryption(String repository, String root, String name) {
    var registry = Registry.of(repository);

    assertThat(registry.root()).hasToString(root);
    assertThat(registry.name()).isEqualTo(name);
  }
}
