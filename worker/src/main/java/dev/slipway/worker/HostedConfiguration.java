package dev.slipway.worker;

import dev.slipway.activities.command.RunAction;
import dev.slipway.activities.compose.DockerComposeTest;
import dev.slipway.activities.database.check.DbMigrationCheck;
import dev.slipway.activities.database.migrate.DatabaseSchemas;
import dev.slipway.activities.database.migrate.DbMigrate;
import dev.slipway.activities.database.migrate.EnvironmentDatabases;
import dev.slipway.activities.database.migrate.ReplicaDatabase;
import dev.slipway.activities.database.postgres.PostgresHome;
import dev.slipway.activities.database.postgres.PostgresServer;
import dev.slipway.activities.deployment.ClusterDeployAction;
import dev.slipway.activities.deployment.DeployAction;
import dev.slipway.activities.deployment.ExposeAction;
import dev.slipway.activities.deployment.HealthCheckAction;
import dev.slipway.activities.deployment.RolloutAction;
import dev.slipway.activities.docker.DockerBuild;
import dev.slipway.activities.docker.ImageTags;
import dev.slipway.activities.environment.EarlierReleases;
import dev.slipway.activities.environment.EnvironmentControl;
import dev.slipway.activities.environment.Ledger;
import dev.slipway.activities.environment.Schemas;
import dev.slipway.activities.environment.ServedEnvironments;
import dev.slipway.activities.frontend.FrontendPublishAction;
import dev.slipway.activities.git.Git;
import dev.slipway.activities.home.Home;
import dev.slipway.activities.http.HttpCheckAction;
import dev.slipway.activities.kubernetes.ClusterTargets;
import dev.slipway.activities.kubernetes.Clusters;
import dev.slipway.activities.local.LocalTarget;
import dev.slipway.activities.npm.NpmBuildAction;
import dev.slipway.activities.npm.NpmTestAction;
import dev.slipway.activities.process.BaseEnvironment;
import dev.slipway.activities.run.ImageControl;
import dev.slipway.activities.run.LiveSchemas;
import dev.slipway.activities.run.RunControl;
import dev.slipway.activities.run.WebhookPosts;
import dev.slipway.activities.scan.TrivyScan;
import dev.slipway.activities.secret.Secrets;
import dev.slipway.activities.signature.SignAction;
import dev.slipway.activities.signature.VerifySignature;
import dev.slipway.activities.step.Action;
import dev.slipway.activities.step.Actions;
import dev.slipway.activities.step.StepPerformer;
import dev.slipway.activities.step.StepResources;
import dev.slipway.activities.step.StepRunner;
import dev.slipway.activities.store.FolderStore;
import dev.slipway.activities.store.Store;
import dev.slipway.activities.target.Targets;
import dev.slipway.environment.EnvironmentWorkflowImpl;
import dev.slipway.notification.NotificationWorkflowImpl;
import dev.slipway.run.PipelineWorkflowImpl;
import dev.slipway.run.RunActivities.Visibility;
import dev.slipway.worker.engine.EngineDescription;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the worker does: the one place where workflows and activities are put together. */
@Configuration(proxyBeanMethods = false)
class HostedConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(HostedConfiguration.class);

  @Bean
  Home home(WorkerSettings settings) {
    return settings.home();
  }

  @Bean
  Store store(Home home) throws IOException {
    return FolderStore.open(home.store());
  }

  @Bean
  Secrets secrets(Home home) {
    return new Secrets(home, System.getenv());
  }

  @Bean
  Git git(Home home, Store store) throws IOException {
    return new Git(store.identity(), Files.createDirectories(home.work().resolve("git")));
  }

  @Bean
  EnvironmentDatabases databases(Home home, Secrets secrets) {
    return new EnvironmentDatabases(PostgresServer.in(PostgresHome.of(home)), secrets::require);
  }

  @Bean
  Schemas schemas(EnvironmentDatabases databases) {
    return new DatabaseSchemas(databases);
  }

  @Bean
  LocalTarget local(Home home, Store store, EnvironmentDatabases databases) {
    return new LocalTarget(home, store, new ReplicaDatabase(databases));
  }

  @Bean
  Clusters clusters(Home home) {
    return new Clusters(home);
  }

  @Bean
  Targets targets(LocalTarget local, Clusters clusters, Store store) throws IOException {
    var inCluster = new ClusterTargets(clusters, store, store.identity());
    return spec ->
        switch (spec.target()) {
          case LOCAL -> local;
          case KUBERNETES -> inCluster.of(spec);
        };
  }

  @Bean
  Actions actions(
      Home home, Store store, LocalTarget local, Targets targets, EnvironmentDatabases databases) {
    var ledger = new Ledger(store, Clock.systemUTC());
    var earlier = new EarlierReleases(ledger);
    return new Actions(
        List.<Action>of(
            new RunAction(),
            new NpmBuildAction(home),
            new NpmTestAction(home),
            new HttpCheckAction(),
            new DockerBuild(System.getenv()),
            new DockerComposeTest(System.getenv()),
            new TrivyScan(home, System.getenv()),
            new SignAction(),
            new VerifySignature(),
            new DbMigrationCheck(PostgresHome.of(home), new LiveSchemas(ledger)),
            new DbMigrate(databases, targets),
            new DeployAction(local, earlier),
            new RolloutAction(local, earlier),
            HealthCheckAction.here(local),
            new FrontendPublishAction(local, earlier),
            ClusterDeployAction.deploy(targets, earlier),
            ClusterDeployAction.rollout(targets, earlier),
            ExposeAction.canary(targets, earlier),
            ExposeAction.preview(targets, earlier),
            ExposeAction.switched(targets, earlier),
            HealthCheckAction.inCluster(targets)));
  }

  @Bean
  StepRunner steps(
      Home home,
      Store store,
      Secrets secrets,
      Targets targets,
      Actions actions,
      WorkerSettings settings)
      throws InterruptedException {
    DeadWork.end(home, store).forEach(LOG::warn);
    return new StepRunner(
        settings.duties(),
        actions,
        new StepPerformer(
            new StepResources(
                home,
                store,
                secrets,
                BaseEnvironment.ofThisProcess(),
                (environment, spec) -> targets.of(spec).url(environment))));
  }

  @Bean
  Hosted hosted(
      WorkflowClient client,
      EngineDescription engine,
      Home home,
      Store store,
      Git git,
      Targets targets,
      Schemas schemas,
      Secrets secrets,
      StepRunner steps,
      WorkerSettings settings) {
    var visibility = engine.searchAttributes() ? Visibility.SEARCHABLE : Visibility.PLAIN;
    var duties = settings.duties();
    var environments =
        new ServedEnvironments(
            duties,
            new EnvironmentControl(client, home, store, git, targets, schemas, Clock.systemUTC()));
    return new Hosted(
        List.of(
            PipelineWorkflowImpl.class,
            EnvironmentWorkflowImpl.class,
            NotificationWorkflowImpl.class),
        List.of(
            new RunControl(
                home, store, git, new WebhookPosts(secrets), visibility, duties.queues()),
            new ImageControl(secrets, new ImageTags()),
            environments,
            steps),
        List.of(steps),
        List.of(environments, steps));
  }
}
