package dev.slipway.run;

import dev.slipway.approval.ApprovalDesk;
import dev.slipway.approval.Matter;
import dev.slipway.environment.EnvironmentActivities.WayBack;
import dev.slipway.environment.EnvironmentState;
import dev.slipway.environment.UndoPlan.AskPerson;
import dev.slipway.environment.UndoPlan.UndoStep;
import dev.slipway.environment.WayBackExecutor;
import dev.slipway.notification.RunEvent;
import dev.slipway.pipeline.ApprovalPolicy;

/** A run's way back through one environment, which people can follow and are asked about. */
final class RunWayBack implements WayBackExecutor.Companion {
  private final RunBoard board;
  private final ApprovalDesk desk;
  private final EnvironmentLink link;
  private final EnvironmentState wanted;

  RunWayBack(RunBoard board, ApprovalDesk desk, EnvironmentLink link, EnvironmentState wanted) {
    this.board = board;
    this.desk = desk;
    this.link = link;
    this.wanted = wanted;
  }

  /** Goes back; call it in a detached scope. */
  WayBackExecutor.End go() {
    var wayBack =
        new WayBack(
            link.id(),
            link.spec(),
            wanted,
            "logs/%s/way-back/%s.log".formatted(board.id(), link.id().name()));
    return new WayBackExecutor(link.queue(), this).goBack(wayBack, link::nextToken);
  }

  @Override
  public void begins(UndoStep step) {
    board.tells(RunEvent.Kind.NOTE, "%s goes back: %s".formatted(link.id().name(), step.text()));
  }

  @Override
  public boolean goesOn(AskPerson question) {
    var outcome =
        desk.ask(
            new Matter(
                "way-back/" + link.id().name(),
                "Go on with the way back in %s? %s".formatted(link.id().name(), question.text()),
                question.risks(),
                ApprovalPolicy.DEFAULT,
                "",
                null));
    return outcome instanceof ApprovalDesk.Outcome.Approved;
  }
}
