package dev.slipway.activities.local.supervisor;

import dev.slipway.action.FailureType;
import dev.slipway.activities.local.protocol.Reply.Failed;
import java.util.List;

/** A change that the supervisor could not make. */
final class ChangeFailedException extends Exception {
  private final transient Failed failed;

  ChangeFailedException(FailureType type, String happened, String advice) {
    this(type, happened, advice, List.of());
  }

  ChangeFailedException(FailureType type, String happened, String advice, List<String> lastLines) {
    super(happened);
    failed = new Failed(type, happened, advice, lastLines);
  }

  Failed failed() {
    return failed;
  }
}
