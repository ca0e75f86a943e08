package dev.slipway.starter.plan;

import dev.slipway.activities.plan.FieldChange;
import dev.slipway.activities.plan.ObjectChange;
import dev.slipway.starter.view.Paint;
import dev.slipway.starter.view.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Plans as people read them. */
public final class PlanText {
  private static final int LONGEST = 80;

  /** As much of a digest as tells it from others. */
  private static final Pattern DIGEST = Pattern.compile("(sha256:[0-9a-f]{12})[0-9a-f]{52}");

  private static final Pattern COMMIT =
      Pattern.compile("(?<![0-9a-f])([0-9a-f]{8})[0-9a-f]{32}(?![0-9a-f])");

  private PlanText() {}

  /** One after the other. */
  public static List<String> of(List<EnvironmentPlan> plans, Paint paint) {
    var lines = new ArrayList<String>();
    for (var plan : plans) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.addAll(of(plan, paint));
    }
    return lines;
  }

  private static List<String> of(EnvironmentPlan plan, Paint paint) {
    var lines = new ArrayList<String>();
    lines.add(
        "%s  release %d would be commit %.8s %s"
            .formatted(
                paint.bold(plan.environment()), plan.release(), plan.commit(), plan.subject())
            .stripTrailing());
    if (!plan.objects().isEmpty()) {
      lines.addAll(table(plan.objects(), paint));
    }
    for (var object : plan.objects()) {
      if (object.remark() != null) {
        tell(
            lines,
            object.object(),
            object.remark(),
            object.advice(),
            paint,
            object.fate().isRefusal());
      }
    }
    for (var refusal : plan.refusals()) {
      tell(
          lines,
          "%s%s"
              .formatted(
                  refusal.isUnknown() ? "not found out" : "refused",
                  refusal.step() == null ? "" : " in " + refusal.step()),
          refusal.happened(),
          refusal.advice(),
          paint,
          true);
    }
    plan.notes().forEach(note -> lines.add("%s: %s".formatted(paint.dim("note"), brief(note))));
    lines.add(verdict(plan, paint) + "nothing was changed");
    return lines;
  }

  private static String verdict(EnvironmentPlan plan, Paint paint) {
    if (plan.possible()) {
      return "";
    }
    return plan.isRefused()
        ? paint.red("this release would be refused") + "; "
        : paint.red("what this release would change could not be found out") + "; ";
  }

  private static List<String> table(List<ObjectChange> objects, Paint paint) {
    var table = new Table(paint, "OBJECT", "WHAT", "FIELD", "BEFORE", "AFTER");
    for (var object : objects) {
      var what = what(object, paint);
      var fields = object.temporary() ? List.<FieldChange>of() : object.fields();
      if (fields.isEmpty()) {
        table.row(object.object(), what, "", "", "");
      }
      for (var index = 0; index < fields.size(); index++) {
        var field = fields.get(index);
        table.row(
            index == 0 ? object.object() : "",
            index == 0 ? what : "",
            field.path(),
            shown(field.before()),
            shown(field.after()));
      }
    }
    return table.lines();
  }

  private static String what(ObjectChange object, Paint paint) {
    var what =
        switch (object.fate()) {
          case CREATED -> paint.green("created");
          case CHANGED -> paint.yellow("changed");
          case UNCHANGED -> "unchanged";
          case REMOVED -> paint.red("removed");
          case CONFLICT -> paint.red("conflict");
          case REFUSED -> paint.red("refused");
        };
    return object.temporary() ? what + " for now" : what;
  }

  private static void tell(
      List<String> lines,
      String subject,
      String text,
      @Nullable String advice,
      Paint paint,
      boolean isRefusal) {
    lines.add("%s: %s".formatted(isRefusal ? paint.red(subject) : subject, brief(text)));
    if (advice != null) {
      lines.add("  " + advice);
    }
  }

  private static String shown(@Nullable String value) {
    if (value == null) {
      return "-";
    }
    var text = brief(value);
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }

  private static String brief(String text) {
    return COMMIT.matcher(DIGEST.matcher(text).replaceAll("$1…")).replaceAll("$1…");
  }
}
