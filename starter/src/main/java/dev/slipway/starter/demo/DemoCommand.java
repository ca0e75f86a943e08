package dev.slipway.starter.demo;

import dev.slipway.activities.archive.FileTrees;
import dev.slipway.activities.home.Home;
import dev.slipway.activities.local.LocalEnvironments;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.starter.local.TroubleException;
import dev.slipway.starter.terminal.Terminal;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code slipway demo}. */
@Command(
    name = "demo",
    header = "Watch a real shop being delivered.",
    description = {
      "Shows on a real shop what a good, a blocked and an unhealthy release look like.",
      "Everything happens in a folder of its own, and nothing is left behind."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway demo          asks you for the approvals",
      "  slipway demo --yes    approves by itself, for where nobody is at a terminal"
    })
public final class DemoCommand implements Callable<Integer> {
  private static final String MAIN = "dev.slipway.starter.cli.Main";

  private final Terminal terminal;

  @Option(names = "--yes", description = "Approve without asking.")
  private boolean yes;

  @Option(names = "--keep", description = "Leave everything running and in place, and say where.")
  private boolean keep;

  public DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var out = terminal.out();
    var err = terminal.err();
    if (!yes && !terminal.interactive()) {
      err.println("slipway: nobody is at a terminal to approve; use slipway demo --yes");
      return 2;
    }
    var examples = examples();
    if (!Files.isDirectory(examples.resolve("storefront"))) {
      err.println("slipway: the storefront is not at " + examples);
      err.println("  run the demo from a checkout of Slipway: ./slipway demo");
      return 2;
    }
    var folder = Files.createTempDirectory("slipway-demo-");
    var program =
        new Program(
            Files.createDirectories(folder.resolve("storefront")),
            new Home(folder.resolve("home"), Home.of(System.getenv()).cache()),
            MAIN);
    var cleaning = new Thread(() -> clean(program, folder, err), "demo-cleaning");
    if (!keep) {
      Runtime.getRuntime().addShutdownHook(cleaning);
    }
    return tell(program, examples, out, err, folder);
  }

  private int tell(Program program, Path examples, PrintWriter out, PrintWriter err, Path folder)
      throws InterruptedException {
    try {
      var shop = Shop.open(examples, folder.resolve("storefront"));
      new Story(program, shop, out, yes ? Story.Approval.YES : Story.Approval.ASK).tell();
      if (keep) {
        out.printf("%nEverything is still there. To look around:%n");
        out.printf("  cd %s%n", shop.repository());
        program.variables().forEach((name, value) -> out.printf("  export %s=%s%n", name, value));
      }
      return 0;
    } catch (Story.OtherwiseException | IOException | StepFailedException e) {
      err.println("slipway: the demo went otherwise than told: " + e.getMessage());
      return 1;
    } catch (TroubleException e) {
      err.println("slipway: " + e.getMessage());
      return 1;
    }
  }

  /** The folder with the storefront and its story, in the checkout that the launcher names. */
  private static Path examples() {
    return Path.of(System.getProperty("slipway.project", ".")).resolve("examples");
  }

  /** Side by side, since each waits for its own replicas. */
  private static void stop(LocalEnvironments environments)
      throws IOException, InterruptedException {
    var stops =
        environments.list().stream()
            .<Callable<EnvironmentId>>map(
                environment ->
                    () -> {
                      environments.stop(environment);
                      return environment;
                    })
            .toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var stop : threads.invokeAll(stops)) {
        stop.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("an environment still runs: " + e.getCause(), e);
    }
  }

  private static void clean(Program program, Path folder, PrintWriter err) {
    try {
      stop(new LocalEnvironments(program.home()));
      // After the environments: the database ends with the last of them and the server.
      program.run("server", "stop");
      FileTrees.delete(folder);
    } catch (IOException e) {
      err.println("slipway: the demo could not clean up %s: %s".formatted(folder, e.getMessage()));
      err.flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
