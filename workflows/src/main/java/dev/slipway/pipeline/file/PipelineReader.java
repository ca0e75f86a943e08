package dev.slipway.pipeline.file;

import dev.slipway.action.ActionCatalog;
import dev.slipway.pipeline.file.PipelineDraft.WebhookDraft;
import dev.slipway.pipeline.yaml.Node.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the file's parts. */
final class PipelineReader {
  private static final List<String> KNOWN =
      List.of(
          "slipway",
          "application",
          "registry",
          "environments",
          "notifications",
          "approvals",
          "stages");

  private final StageReader stageReader;
  private final Optional<String> defaultApplication;

  PipelineReader(ActionCatalog catalog, Optional<String> defaultApplication) {
    this.stageReader = new StageReader(new StepReader(catalog));
    this.defaultApplication = defaultApplication;
  }

  PipelineDraft read(Value file) {
    var fields = file.fields().only(KNOWN);
    fields.get("slipway").ifPresent(PipelineReader::mustBeKnownFormat);
    return new PipelineDraft(
        application(fields),
        fields.get("registry"),
        fields.get("environments").map(PipelineReader::environments).orElse(List.of()),
        stages(fields),
        fields.get("notifications").map(PipelineReader::webhooks).orElse(List.of()),
        fields.get("approvals").map(ApprovalDraft::read).orElse(ApprovalDraft.NONE));
  }

  private static void mustBeKnownFormat(Value value) {
    if (!(value.node() instanceof Scalar scalar && scalar.text().equals("1"))) {
      value.error("this version knows the format 1 alone", "write `slipway: 1`");
    }
  }

  private String application(Fields fields) {
    var written = fields.get("application");
    if (written.isPresent()) {
      return written.flatMap(Names::id).orElse("");
    }
    var standard = defaultApplication.flatMap(Names::asId);
    if (standard.isEmpty()) {
      fields.required("application", "name what is delivered: `application: my-shop`");
    }
    return standard.orElse("");
  }

  private static List<EnvironmentDraft> environments(Value value) {
    var fields = value.fields();
    fields.all().forEach(field -> Names.isId(field, fields.namePlace(field.label())));
    return fields.all().stream().map(EnvironmentReader::read).toList();
  }

  private List<StageDraft> stages(Fields fields) {
    return fields
        .required("stages", "list the stages: build, test, staging, production")
        .flatMap(Value::listOfSome)
        .orElse(List.of())
        .stream()
        .map(stageReader::read)
        .toList();
  }

  private static List<WebhookDraft> webhooks(Value value) {
    return value.list().orElse(List.of()).stream()
        .flatMap(element -> webhook(element).stream())
        .toList();
  }

  private static Optional<WebhookDraft> webhook(Value value) {
    var templates = new ArrayList<TemplateUse>();
    return value
        .fields()
        .only(List.of("webhook"))
        .required("webhook", "the URL that is told about a run")
        .flatMap(url -> Urls.template(url, templates))
        .map(url -> new WebhookDraft(url, templates));
  }
}
