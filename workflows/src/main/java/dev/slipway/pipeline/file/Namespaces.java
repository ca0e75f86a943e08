package dev.slipway.pipeline.file;

import dev.slipway.action.ClusterSpecs;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.pipeline.EnvironmentSpec.Namespace;
import dev.slipway.pipeline.EnvironmentSpec.Target;
import dev.slipway.pipeline.problem.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * What steps say by their parameter {@code namespace}: a stage without an environment belongs to
 * the one of that namespace, which need not be described; one with an environment must agree.
 */
final class Namespaces {
  private final List<EnvironmentDraft> environments;
  private final List<StageDraft> stages = new ArrayList<>();

  private Namespaces(List<EnvironmentDraft> described) {
    this.environments = new ArrayList<>(described);
  }

  /** The file with an environment for each stage whose steps name a namespace. */
  static PipelineDraft resolve(PipelineDraft draft) {
    var namespaces = new Namespaces(draft.environments());
    draft.stages().forEach(namespaces::add);
    namespaces.mustDiffer();
    return new PipelineDraft(
        draft.application(),
        draft.registry(),
        namespaces.environments,
        namespaces.stages,
        draft.webhooks(),
        draft.approvals());
  }

  private void mustDiffer() {
    var seen = new LinkedHashMap<Namespace, String>();
    for (var environment : environments) {
      var namespace = environment.spec().kubernetes();
      var other = namespace == null ? null : seen.putIfAbsent(namespace, environment.spec().name());
      if (other != null) {
        environment
            .at()
            .error(
                "environments %s and %s are the same %s"
                    .formatted(
                        Words.quoted(other), Words.quoted(environment.spec().name()), namespace),
                "give each a `namespace` of its own");
      }
    }
  }

  private void add(StageDraft stage) {
    var named = stage.steps().stream().flatMap(step -> namespace(step).stream()).toList();
    var resolved =
        named.isEmpty() || stage.environmentName().isPresent()
            ? stage
            : stage.in(environmentOf(named.getFirst()), named.getFirst());
    mustAgree(resolved, named);
    stages.add(resolved);
  }

  private static Optional<Value> namespace(StepDraft step) {
    return ClusterSpecs.isOne(step.action())
        ? step.at()
            .field("params")
            .flatMap(params -> params.field(ClusterSpecs.NAMESPACE))
            .filter(value -> step.params().text(ClusterSpecs.NAMESPACE).isPresent())
        : Optional.empty();
  }

  private String environmentOf(Value namespace) {
    var name = namespace.text().orElseThrow();
    return environments.stream()
        .map(EnvironmentDraft::spec)
        .filter(spec -> spec.kubernetes() != null && spec.kubernetes().name().equals(name))
        .map(EnvironmentSpec::name)
        .findFirst()
        .orElseGet(() -> describe(name, namespace));
  }

  /** What nobody described comes after what the stages before it deploy to. */
  private String describe(String name, Value namespace) {
    var isTaken = environments.stream().anyMatch(other -> other.spec().name().equals(name));
    if (!isTaken) {
      var after = stages.isEmpty() ? Optional.<String>empty() : stages.getLast().environmentName();
      var spec =
          new EnvironmentSpec(
              name,
              Target.KUBERNETES,
              null,
              null,
              null,
              after.orElse(null),
              false,
              new Namespace(Namespace.DEFAULT_CLUSTER, name));
      environments.add(new EnvironmentDraft(namespace, spec, Optional.empty(), List.of()));
    }
    return name;
  }

  private void mustAgree(StageDraft stage, List<Value> named) {
    var place =
        environments.stream()
            .map(EnvironmentDraft::spec)
            .filter(spec -> stage.environmentName().filter(spec.name()::equals).isPresent())
            .flatMap(spec -> Optional.ofNullable(spec.kubernetes()).stream())
            .findFirst();
    for (var value : named) {
      var name = value.text().orElseThrow();
      if (place.isPresent() && !place.get().name().equals(name)) {
        value.error(
            "stage %s works in %s, not in %s"
                .formatted(
                    Words.quoted(stage.name()),
                    Words.quoted(place.get().name()),
                    Words.quoted(name)),
            "a stage changes one environment; split it, or remove `namespace`");
      }
    }
  }
}
