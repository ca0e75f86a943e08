package dev.slipway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every template and every value. */
class TemplateLawsTest {
  private static final List<String> PIECES =
      List.of("$", "{", "}", "$$", "${", "COMMIT_SHA", "secret:KEY", "a", " ", "${secret:KEY}");

  private static final List<Reference> REFERENCES =
      List.of(
          new Reference.CommitSha(),
          new Reference.Output("step", "key"),
          new Reference.Secret("KEY"),
          new Reference.EnvironmentUrl());

  @Property(tries = 500)
  void aLiteralRoundTrips(@ForAll("text") String text) throws Exception {
    var written = Template.literal(text).text();

    assertThat(Template.parse(written).references()).isEmpty();
    assertThat(Template.parse(written).value()).isEqualTo(text);
  }

  @Property(tries = 500)
  void anyTemplateRoundTrips(@ForAll("template") Template template) {
    assertThat(Template.parse(template.text())).isEqualTo(template);
  }

  @Property(tries = 500)
  void anInsertedValueNeverIntroducesAReference(
      @ForAll("template") Template template, @ForAll("text") String value) {
    var resolved =
        template.resolve(reference -> reference.isLate() ? Optional.empty() : Optional.of(value));

    assertThat(Template.parse(resolved.text()).references())
        .containsExactlyElementsOf(
            template.references().stream().filter(Reference::isLate).toList());
  }

  @Property(tries = 500)
  void twoPhasesGiveWhatOneGives(
      @ForAll("template") Template template,
      @ForAll("text") String early,
      @ForAll("text") String late)
      throws Exception {
    var sent =
        template
            .resolve(reference -> reference.isLate() ? Optional.empty() : Optional.of(early))
            .text();
    var received = Template.parse(sent).resolve(reference -> Optional.of(late)).value();

    assertThat(received)
        .isEqualTo(
            template.resolve(reference -> Optional.of(reference.isLate() ? late : early)).value());
  }

  @Property(tries = 500)
  void anyTextIsRead(@ForAll("text") String text) {
    var reading = Template.read(text);

    assertThat(Template.parse(reading.template().text())).isEqualTo(reading.template());
  }

  @Provide
  Arbitrary<String> text() {
    return Arbitraries.of(PIECES).list().ofMaxSize(8).map(pieces -> String.join("", pieces));
  }

  @Provide
  Arbitrary<Template> template() {
    return Arbitraries.oneOf(
            text().<Template.Part>map(Template.Part.Literal::new),
            Arbitraries.of(REFERENCES).<Template.Part>map(Template.Part.Inserted::new))
        .list()
        .ofMaxSize(6)
        .map(Template::new);
  }
}
