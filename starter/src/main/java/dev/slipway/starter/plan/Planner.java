package dev.slipway.starter.plan;

import dev.slipway.activities.archive.FileTrees;
import dev.slipway.activities.environment.Adoption;
import dev.slipway.activities.environment.EarlierReleases;
import dev.slipway.activities.environment.Ledger;
import dev.slipway.activities.git.GitMirror;
import dev.slipway.activities.home.Home;
import dev.slipway.activities.kubernetes.ClusterPreview;
import dev.slipway.activities.kubernetes.ClusterTargets;
import dev.slipway.activities.kubernetes.Clusters;
import dev.slipway.activities.process.BaseEnvironment;
import dev.slipway.activities.secret.Secrets;
import dev.slipway.activities.step.StepResources;
import dev.slipway.activities.store.FolderStore;
import dev.slipway.activities.store.Store;
import dev.slipway.environment.Deployment;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.EnvironmentState;
import dev.slipway.environment.KubernetesDeployment;
import dev.slipway.environment.LedgerEntry;
import dev.slipway.environment.LedgerView;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.source.SourceRef;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a release of a commit would change, environment by environment. What it needs for
 * that, such as the commit's files, is kept in a folder of its own, which goes at the end.
 */
public final class Planner implements AutoCloseable {
  private final Pipeline pipeline;
  private final SourceRef source;
  private final GitMirror mirror;
  private final Path scratch;
  private final Ledger ledger;
  private final String engine;
  private final Clusters clusters;
  private final ClusterTargets targets;
  private final StepResources resources;

  private Planner(
      Home home,
      Map<String, String> env,
      Store store,
      Pipeline pipeline,
      GitMirror mirror,
      Wish wish,
      Path scratch)
      throws IOException, StepFailedException, InterruptedException {
    var kept = FolderStore.open(scratch);
    this.pipeline = pipeline;
    this.mirror = mirror;
    this.scratch = scratch;
    this.engine = store.identity();
    this.ledger = new Ledger(store, Clock.systemUTC());
    this.clusters = new Clusters(home);
    this.targets = new ClusterTargets(clusters, kept, engine);
    this.resources =
        new StepResources(
            home,
            kept,
            new Secrets(home, env),
            BaseEnvironment.ofThisProcess(),
            (environment, spec) -> targets.of(spec).url(environment));
    var commit = mirror.fetch(wish.repository(), wish.commit());
    this.source =
        new SourceRef(
            wish.repository(),
            commit.hash(),
            commit.subject(),
            commit.author(),
            mirror.archive(commit.hash(), kept));
  }

  /**
   * Which commit is looked at.
   *
   * @param commit the full hash
   */
  public record Wish(String repository, String commit) {}

  /**
   * @param env the variables of this process
   * @param store with the ledgers
   * @param mirror has the commit
   */
  public static Planner open(
      Home home,
      Map<String, String> env,
      Store store,
      Pipeline pipeline,
      GitMirror mirror,
      Wish wish)
      throws IOException, StepFailedException, InterruptedException {
    var scratch = Files.createTempDirectory("slipway-plan-");
    try {
      return new Planner(home, env, store, pipeline, mirror, wish, scratch);
    } catch (IOException | StepFailedException | InterruptedException | RuntimeException e) {
      FileTrees.delete(scratch);
      throw e;
    }
  }

  /** What would change in one environment of the pipeline. */
  public EnvironmentPlan plan(EnvironmentSpec spec) throws IOException, InterruptedException {
    var environment = new EnvironmentId(pipeline.application(), spec.name());
    var view = ledger.view(environment);
    var draft = new PlanDraft();
    try {
      var order = new CommitOrder(pipeline, ledger, mirror);
      @Nullable Deployment running;
      try {
        running = running(environment, spec);
      } catch (StepFailedException e) {
        draft.refuse(null, e.failure(), UnaryOperator.identity());
        order.judge(environment, spec, source, null, view, draft);
        return plan(environment, view, draft);
      }
      view = orAdopted(view, spec, running);
      order.judge(environment, spec, source, running, view, draft);
      if (view.isDamaged()) {
        draft.note("the last way back failed, so that what runs may be a mixture");
      }
      var cluster = preview(spec);
      if (cluster.isPresent()) {
        cluster
            .get()
            .otherEngine(environment)
            .ifPresent(holder -> draft.refuseOtherEngine(holder, engine));
      } else {
        draft.note(
            "%s is on this machine, where nothing is asked in advance".formatted(spec.name()));
      }
      var had = Optional.ofNullable(spec.after()).orElse(spec.name());
      var images = new PlannedImages(pipeline, source.commit(), had, image(had));
      new EnvironmentSteps(pipeline, source, resources, spec, view, running, images, cluster, draft)
          .look(earlier(spec));
      images.notes().forEach(draft::note);
    } catch (StepFailedException e) {
      draft.refuse(null, e.failure(), UnaryOperator.identity());
    }
    return plan(environment, view, draft);
  }

  private EnvironmentPlan plan(EnvironmentId environment, LedgerView view, PlanDraft draft) {
    return draft.plan(
        environment.path(), source, view.liveNumber().orElse(null), view.nextNumber());
  }

  /** As a run finds it, which begins an empty ledger with what runs. */
  static LedgerView orAdopted(LedgerView view, EnvironmentSpec spec, @Nullable Deployment running) {
    if (running == null || !view.entries().isEmpty()) {
      return view;
    }
    var now = Instant.now();
    var adopted = Adoption.of(running, spec, new EnvironmentState(running, null, null), now);
    return new LedgerView(List.of(new LedgerEntry(1, null, now, adopted)));
  }

  private @Nullable Deployment running(EnvironmentId environment, EnvironmentSpec spec)
      throws StepFailedException, InterruptedException {
    return spec.kubernetes() == null ? null : targets.of(spec).running(environment).orElse(null);
  }

  private Optional<ClusterPreview> preview(EnvironmentSpec spec)
      throws StepFailedException, InterruptedException {
    var namespace = spec.kubernetes();
    return namespace == null
        ? Optional.empty()
        : Optional.of(
            new ClusterPreview(
                clusters.open(namespace.cluster()), namespace, resources.store(), engine));
  }

  /** The commit's image by digest, where an environment has had it. */
  private Optional<String> image(String environment) throws IOException {
    return ledger
        .view(new EnvironmentId(pipeline.application(), environment))
        .goodReleasesOf(source.commit())
        .stream()
        .map(release -> release.state().application())
        .filter(Objects::nonNull)
        .filter(KubernetesDeployment.class::isInstance)
        .map(KubernetesDeployment.class::cast)
        .map(KubernetesDeployment::image)
        .findFirst();
  }

  /** Empty while the environment before gets the commit only by the same run. */
  private Optional<EarlierReleases> earlier(EnvironmentSpec spec) throws IOException {
    var before = spec.after();
    var isKnown =
        before == null
            || !ledger
                .view(new EnvironmentId(pipeline.application(), before))
                .goodReleasesOf(source.commit())
                .isEmpty();
    return isKnown ? Optional.of(new EarlierReleases(ledger)) : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    clusters.close();
    FileTrees.delete(scratch);
  }
}
