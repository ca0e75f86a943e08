package dev.slipway.activities.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.action.FailureType;
import dev.slipway.activities.environment.EarlierReleases;
import dev.slipway.activities.environment.Ledger;
import dev.slipway.activities.local.LocalWorld;
import dev.slipway.activities.local.TestArtifacts;
import dev.slipway.activities.step.ActionTestKit;
import dev.slipway.activities.target.Target;
import dev.slipway.artifact.Digest;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.EnvironmentState;
import dev.slipway.evidence.TestResult;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.step.EnvironmentGrant;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the tests
class FrontendPublishActionTest {
  private static final EnvironmentId STAGING = new EnvironmentId("app", "staging");
  private static final String PAGE = "<script src=\"/assets/app-BsG3kT2a.js\"></script>";

  @TempDir static Path folder;
  private static ActionTestKit kit;
  private static LocalWorld world;
  private static Target target;
  private static EarlierReleases earlier;

  @BeforeAll
  static void setUp() throws Exception {
    kit = ActionTestKit.in(folder).params("{'artifact': 'web'}");
    kit.environment(grant(null));
    world = new LocalWorld(kit.home());
    target = world.target();
    earlier = new EarlierReleases(new Ledger(kit.store(), Clock.systemUTC()));
  }

  @AfterAll
  static void tearDown() throws Exception {
    world.environments().stop(STAGING);
  }

  @Test
  void aPublishedFrontendIsReadBackAndCompared() throws Exception {
    keepSite();

    var outcome = kit.nextRound().perform(new FrontendPublishAction(target, earlier));

    assertThat(outcome.evidence())
        .containsExactly(
            new TestResult(
                target.url(STAGING).toString(), TestResult.Basis.PROBE, 3, 0, 0, List.of()));
    assertThat(outcome.outputs())
        .containsEntry("manifest", target.published(STAGING).orElseThrow().text());
    assertThat(kit.log()).contains("1 files to keep for ever, 2 to ask for each time");
  }

  @Test
  void aFileThatWasTamperedWithIsFoundAndMended() throws Exception {
    keepSite();
    kit.nextRound().perform(new FrontendPublishAction(target, earlier));
    Manifest manifest;
    try (var bytes = kit.store().open(target.published(STAGING).orElseThrow())) {
      manifest = Manifest.read(bytes.readAllBytes());
    }
    Files.writeString(
        world.folder(STAGING).asset(Digest.of(PAGE.getBytes(StandardCharsets.UTF_8))),
        PAGE.replace("app", "bad"));

    var found = ReadBack.of(manifest, target.url(STAGING));
    assertThat(found.failures())
        .containsExactly("index.html has another content than was published");

    kit.nextRound().perform(new FrontendPublishAction(target, earlier));
    assertThat(ReadBack.of(manifest, target.url(STAGING)).isPass()).isTrue();
  }

  @Test
  void whatTheEnvironmentBeforeHasNotHadIsNotPublished() throws Exception {
    keepSite();
    var published = target.published(STAGING);
    kit.environment(grant("preview"));
    try {
      assertThat(kit.nextRound().failure(new FrontendPublishAction(target, earlier)).type())
          .isEqualTo(FailureType.CONFLICT);
      assertThat(target.published(STAGING)).isEqualTo(published);
    } finally {
      kit.environment(grant(null));
    }
  }

  @Test
  void nothingCanNotBePublished() throws Exception {
    var empty = Files.createDirectories(folder.resolve("empty"));
    kit.artifacts(TestArtifacts.keep(kit.store(), "web", empty));

    assertThat(kit.nextRound().failure(new FrontendPublishAction(target, earlier)).type())
        .isEqualTo(FailureType.CONFIGURATION);
  }

  private static EnvironmentGrant grant(@Nullable String after) {
    return new EnvironmentGrant(
        new EnvironmentSpec(
            "staging", EnvironmentSpec.Target.LOCAL, null, null, null, after, false, null),
        1,
        EnvironmentState.EMPTY,
        1,
        null,
        null);
  }

  private static void keepSite() throws Exception {
    var site = folder.resolve("site");
    Files.createDirectories(site.resolve("assets"));
    Files.writeString(site.resolve("index.html"), PAGE);
    Files.writeString(site.resolve("favicon.ico"), "icon");
    Files.writeString(site.resolve("assets/app-BsG3kT2a.js"), "let it = 'be';");
    kit.artifacts(TestArtifacts.keep(kit.store(), "web", site));
  }
}
