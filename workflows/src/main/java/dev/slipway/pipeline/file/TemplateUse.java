package dev.slipway.pipeline.file;

import dev.slipway.pipeline.Reference;
import dev.slipway.pipeline.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A text with references, and where it stands. */
record TemplateUse(Value at, List<Reference> references) {
  /** The text that was written, whose flaws are reported. */
  static Optional<String> text(Value value, List<TemplateUse> uses) {
    return value.text().map(text -> checked(text, value, uses));
  }

  private static String checked(String text, Value value, List<TemplateUse> uses) {
    var reading = Template.read(text);
    reading.flaws().forEach(flaw -> value.error(flaw.message(), flaw.suggestion()));
    var references = reading.template().references();
    if (!references.isEmpty()) {
      uses.add(new TemplateUse(value, references));
    }
    return text;
  }

  /** Names with texts that may have references, in the file's order. */
  static Map<String, String> map(Value value, List<TemplateUse> uses) {
    var texts = new LinkedHashMap<String, String>();
    for (var field : value.fields().all()) {
      text(field, uses).ifPresent(text -> texts.put(field.label(), text));
    }
    return texts;
  }
}
