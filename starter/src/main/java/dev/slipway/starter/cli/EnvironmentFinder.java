package dev.slipway.starter.cli;

import dev.slipway.activities.kubernetes.ClusterTargets;
import dev.slipway.activities.kubernetes.Clusters;
import dev.slipway.activities.local.LocalEnvironments;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.starter.client.Environments;
import dev.slipway.starter.local.TroubleException;
import dev.slipway.starter.source.WorkingTree;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** Understands which environment a person means: {@code storefront/production}, or its name. */
final class EnvironmentFinder {
  private final Surroundings surroundings;
  private final Environments environments;

  EnvironmentFinder(Surroundings surroundings) throws IOException {
    this.surroundings = surroundings;
    var store = surroundings.store();
    this.environments =
        new Environments(
            store,
            new LocalEnvironments(surroundings.home()),
            new ClusterTargets(new Clusters(surroundings.home()), store, store.identity()));
  }

  Environments environments() {
    return environments;
  }

  /** The environment; one that nobody ever used is an error. */
  EnvironmentId find(String text) throws TroubleException, IOException {
    var all = environments.all();
    var slash = text.indexOf('/');
    var wanted =
        slash > 0
            ? new EnvironmentId(text.substring(0, slash), text.substring(slash + 1))
            : named(text, all);
    if (!all.contains(wanted)) {
      throw TroubleException.input(
          "nothing was ever released to " + wanted,
          all.isEmpty() ? "deliver something first: slipway run" : "there are: " + names(all));
    }
    return wanted;
  }

  /** The environment of this name, or else all environments of the application of this name. */
  List<EnvironmentId> called(String name) throws TroubleException, IOException {
    var ours = environments.all().stream().filter(one -> one.application().equals(name)).toList();
    var here = WorkingTree.application(surroundings.here());
    var isEnvironment =
        here.isPresent() && environments.all().contains(new EnvironmentId(here.get(), name));
    return ours.isEmpty() || isEnvironment ? List.of(find(name)) : ours;
  }

  /** A bare name means this repository's application and never another one. */
  private EnvironmentId named(String name, List<EnvironmentId> all)
      throws TroubleException, IOException {
    var here = WorkingTree.application(surroundings.here());
    if (here.isPresent()) {
      return new EnvironmentId(here.get(), name);
    }
    var candidates = all.stream().filter(environment -> environment.name().equals(name)).toList();
    throw TroubleException.input(
        "this folder is in no repository with a pipeline, so whose %s is not clear".formatted(name),
        candidates.isEmpty() ? "name it like storefront/" + name : "name it: " + names(candidates));
  }

  /** The environments of the application that is meant here; of all when none is. */
  List<EnvironmentId> meant() throws IOException {
    var all = environments.all();
    var here = WorkingTree.application(surroundings.here());
    var ours =
        all.stream()
            .filter(environment -> here.isEmpty() || environment.application().equals(here.get()))
            .toList();
    return ours.isEmpty() ? all : ours;
  }

  private static String names(List<EnvironmentId> all) {
    return all.stream().map(EnvironmentId::path).collect(Collectors.joining(", "));
  }
}
