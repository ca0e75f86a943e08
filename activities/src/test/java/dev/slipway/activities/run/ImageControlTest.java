package dev.slipway.activities.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.action.FailureType;
import dev.slipway.activities.home.Home;
import dev.slipway.activities.secret.Secrets;
import dev.slipway.artifact.Digest;
import dev.slipway.image.ImageTagging;
import dev.slipway.pipeline.RunId;
import dev.slipway.step.StepFailedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageControlTest {
  private static final Digest DIGEST = Digest.of(new byte[0]);

  @TempDir private Path folder;
  private final List<String> seen = new ArrayList<>();

  private ImageControl control(ImageControl.Tags tags) {
    return new ImageControl(
        new Secrets(Home.at(folder), Map.of("SLIPWAY_SECRET_REGISTRY", "correct horse")), tags);
  }

  private static ImageTagging request(@Nullable String username, @Nullable String password) {
    return new ImageTagging(
        new RunId("shop", 1), "image", "r.io/shop", DIGEST, List.of("v1"), username, password);
  }

  @Test
  void aSecretIsResolvedWhereItIsUsed() throws Exception {
    control(
            (repository, digest, tags, username, password) ->
                seen.add("%s %s %s %s".formatted(repository, tags, username, password)))
        .attach(request("ann", "${secret:REGISTRY}"));

    assertThat(seen).containsExactly("r.io/shop [v1] ann correct horse");
  }

  @Test
  void withoutALoginThereIsNone() throws Exception {
    control((repository, digest, tags, username, password) -> seen.add(username + password))
        .attach(request(null, null));

    assertThat(seen).containsExactly("nullnull");
  }

  @Test
  void noFailureSaysTheSecret() {
    var control =
        control(
            (repository, digest, tags, username, password) -> {
              throw new StepFailedException(
                  FailureType.CONFIGURATION, "refused " + password, "not " + password);
            });

    assertThatThrownBy(() -> control.attach(request("ann", "${secret:REGISTRY}")))
        .isInstanceOfSatisfying(
            StepFailedException.class,
            failed -> {
              assertThat(failed.failure().happened()).isEqualTo("refused ***");
              assertThat(failed.failure().advice()).isEqualTo("not ***");
              assertThat(failed.getCause()).isNull();
            });
  }

  @Test
  void whatOnlyARunKnowsIsNoLogin() {
    var control = control((repository, digest, tags, username, password) -> {});

    assertThatThrownBy(() -> control.attach(request("${RUN_NUMBER}", "x")))
        .isInstanceOfSatisfying(
            StepFailedException.class,
            failed -> assertThat(failed.failure().type()).isEqualTo(FailureType.CONFIGURATION));
  }
}
