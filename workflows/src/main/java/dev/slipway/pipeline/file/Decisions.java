package dev.slipway.pipeline.file;

import dev.slipway.pipeline.ApprovalPolicy.OnExpire;
import dev.slipway.pipeline.Check;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.pipeline.Gate;
import dev.slipway.pipeline.lint.Located;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a person is asked. Stages that follow each other in one environment share one decision: it
 * is asked at the first of them, whichever asks for it, so that nothing changes before.
 */
final class Decisions {
  private final List<StageDraft> stages;
  private final List<List<String>> needs;
  private final ApprovalDraft defaults;
  private final Map<String, Integer> indices = new LinkedHashMap<>();
  private final List<Optional<GateDraft>> asking = new ArrayList<>();

  /**
   * @param stages in an order in which each comes after what it needs
   * @param needs what each needs
   * @param defaults what the file says for all approvals
   */
  Decisions(List<StageDraft> stages, List<List<String>> needs, ApprovalDraft defaults) {
    this.stages = stages;
    this.needs = needs;
    this.defaults = defaults;
    for (int i = 0; i < stages.size(); i++) {
      indices.putIfAbsent(stages.get(i).name(), i);
      asking.add(Optional.empty());
    }
    for (int i = 0; i < stages.size(); i++) {
      if (requiresApproval(i)) {
        var gate = stages.get(i).gate();
        firstOnes(i).forEach(first -> ask(first, gate));
      }
    }
  }

  /** The gate with everything filled in. */
  Gate gate(int stage) {
    var draft = stages.get(stage).gate();
    var asks = asking.get(stage);
    return new Gate(
        draft.checks().stream().map(Located<Check>::value).toList(),
        draft.autoPass().orElse(true),
        asks.isPresent(),
        draft.mode(),
        asks.orElse(draft)
            .approval()
            .orElse(defaults, canRollBack(stage) ? OnExpire.ROLLBACK : OnExpire.KEEP));
  }

  /** A first stage that says how it wants to be approved keeps its own word. */
  private void ask(int first, GateDraft gate) {
    var own = stages.get(first).gate();
    var speaker = own.approval().equals(ApprovalDraft.NONE) ? gate : own;
    if (asking.get(first).isEmpty()) {
      asking.set(first, Optional.of(speaker));
    }
  }

  /** Production asks unless the file says no, or wants to be asked afterwards. */
  private boolean requiresApproval(int stage) {
    var gate = stages.get(stage).gate();
    return gate.requireApproval()
        .orElseGet(() -> isProduction(stage) && !continues(stage) && gate.autoPass().orElse(true));
  }

  private boolean isProduction(int stage) {
    var draft = stages.get(stage);
    return draft.environmentName().orElse(draft.name()).equals(EnvironmentSpec.PRODUCTION);
  }

  /** As {@link dev.slipway.pipeline.Pipeline#continuesEnvironment}. */
  private boolean continues(int stage) {
    var environment = stages.get(stage).environmentName();
    return environment.isPresent()
        && !needs.get(stage).isEmpty()
        && needed(stage).stream()
            .allMatch(index -> stages.get(index).environmentName().equals(environment));
  }

  private Set<Integer> firstOnes(int stage) {
    var first = new LinkedHashSet<Integer>();
    var seen = new LinkedHashSet<Integer>();
    var open = new ArrayDeque<Integer>(List.of(stage));
    while (!open.isEmpty()) {
      var next = open.removeFirst();
      if (!seen.add(next)) {
        continue;
      }
      if (continues(next)) {
        open.addAll(needed(next));
      } else {
        first.add(next);
      }
    }
    return first;
  }

  /** Asked afterwards, the stage's own environment has changed already. */
  private boolean canRollBack(int stage) {
    var draft = stages.get(stage);
    return hasEarlierEnvironment(stage)
        || (draft.environment().isPresent()
            && asking.get(stage).isEmpty()
            && !draft.gate().autoPass().orElse(true));
  }

  private boolean hasEarlierEnvironment(int stage) {
    var environment = stages.get(stage).environmentName();
    var seen = new LinkedHashSet<Integer>();
    var open = new ArrayDeque<Integer>(needed(stage));
    while (!open.isEmpty()) {
      var next = open.removeFirst();
      if (!seen.add(next)) {
        continue;
      }
      var earlier = stages.get(next).environmentName();
      if (earlier.isPresent() && !earlier.equals(environment)) {
        return true;
      }
      open.addAll(needed(next));
    }
    return false;
  }

  private List<Integer> needed(int stage) {
    return needs.get(stage).stream()
        .flatMap(name -> Optional.ofNullable(indices.get(name)).stream())
        .toList();
  }
}
