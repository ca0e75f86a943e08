package dev.slipway.pipeline.file;

import dev.slipway.pipeline.Check;
import dev.slipway.pipeline.Gate.Mode;
import dev.slipway.pipeline.lint.Located;
import java.util.List;
import java.util.Optional;

/** What a file says about a gate. */
record GateDraft(
    List<Located<Check>> checks,
    Optional<Boolean> autoPass,
    Optional<Boolean> requireApproval,
    Mode mode,
    ApprovalDraft approval) {
  /** Steps must succeed, and that is all. */
  static final GateDraft NONE =
      new GateDraft(
          List.of(), Optional.empty(), Optional.empty(), Mode.ENFORCE, ApprovalDraft.NONE);

  private static final List<String> KNOWN =
      List.of("checks", "autoPass", "requireApproval", "mode", "approval");

  static GateDraft read(Value value) {
    var fields = value.fields().only(KNOWN);
    var checks =
        fields.get("checks").flatMap(Value::list).orElse(List.of()).stream()
            .flatMap(
                check ->
                    CheckReader.read(check).map(read -> new Located<>(check.path(), read)).stream())
            .toList();
    return new GateDraft(
        checks,
        fields.get("autoPass").flatMap(Value::flag),
        fields.get("requireApproval").flatMap(Value::flag),
        fields.get("mode").flatMap(mode -> mode.word(Mode.class)).orElse(Mode.ENFORCE),
        fields.get("approval").map(ApprovalDraft::read).orElse(ApprovalDraft.NONE));
  }
}
