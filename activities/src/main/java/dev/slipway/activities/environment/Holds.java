package dev.slipway.activities.environment;

import dev.slipway.activities.git.GitMirror;
import dev.slipway.environment.LedgerView;
import dev.slipway.step.StepFailedException;
import java.util.ArrayList;
import java.util.List;

/** Commits that were taken back in an environment, as they stand to another commit. */
public final class Holds {
  private Holds() {}

  /**
   * The held commits that this one contains and does not revert, abbreviated.
   *
   * @param mirror has the commit
   */
  public static List<String> in(String commit, LedgerView ledger, GitMirror mirror)
      throws StepFailedException, InterruptedException {
    var held = new ArrayList<String>();
    for (var bad : ledger.heldCommits()) {
      if (mirror.has(bad) && mirror.isAncestor(bad, commit) && !mirror.isReverted(bad, commit)) {
        held.add(bad.substring(0, Math.min(8, bad.length())));
      }
    }
    return held;
  }
}
