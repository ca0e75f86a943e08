package dev.slipway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.pipeline.Template.Flaw;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
  @Test
  void everyReferenceIsRead() {
    var template =
        Template.parse(
            "${COMMIT_SHA} ${RUN_NUMBER} ${artifact:web} ${output:a.b.url} ${image:api}"
                + " ${DOCKER_IMAGE} ${secret:DB_PASSWORD} ${environment.url} ${environment.name}");

    assertThat(template.references())
        .containsExactly(
            new Reference.CommitSha(),
            new Reference.RunNumber(),
            new Reference.Artifact("web"),
            new Reference.Output("a.b", "url"),
            new Reference.Image("api"),
            new Reference.DockerImage(),
            new Reference.Secret("DB_PASSWORD"),
            new Reference.EnvironmentUrl(),
            new Reference.EnvironmentName());
    assertThat(template.references().stream().filter(Reference::isLate)).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "$HOME costs $5, $HOME costs $5",
    "$$, $$",
    "$${COMMIT_SHA}, ${COMMIT_SHA}",
    "$$$${COMMIT_SHA}, $${COMMIT_SHA}",
    "$$$${, $${",
    "a { } }, a { } }",
  })
  void aTextWithoutReferencesStandsForItself(String written, String value) throws Exception {
    var template = Template.parse(written);

    assertThat(template.references()).isEmpty();
    assertThat(template.value()).isEqualTo(value);
    assertThat(template.text()).isEqualTo(written);
  }

  @Test
  void aDollarInFrontOfAReferenceIsWrittenTwice() throws Exception {
    var template = Template.parse("$$${RUN_NUMBER}");

    assertThat(template.resolve(reference -> Optional.of("7")).value()).isEqualTo("$7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"${COMMIT_SHA", "${", "a ${ b", "${}", "${output:step}", "${secret:1}"})
  void whatCanNotBeReadIsAFlaw(String text) {
    assertThat(Template.read(text).flaws()).hasSize(1);
    assertThatThrownBy(() -> Template.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFlawSuggestsWhatWasMeant() {
    assertThat(Template.read("${COMIT_SHA}").flaws())
        .containsExactly(
            new Flaw("unknown reference `${COMIT_SHA}`", "did you mean `${COMMIT_SHA}`?"));
    assertThat(Template.read("${artefact:web}").flaws())
        .containsExactly(
            new Flaw("unknown reference `${artefact:web}`", "did you mean `${artifact:web}`?"));
    assertThat(Template.read("${HOME}").flaws())
        .containsExactly(new Flaw("unknown reference `${HOME}`", "for a literal `${` write `$${`"));
  }

  @Test
  void aReferenceNobodyKnowsIsNamed() {
    var template = Template.parse("a ${secret:KEY}");

    assertThatThrownBy(template::value)
        .isInstanceOf(UnknownReferenceException.class)
        .hasMessage("no value for ${secret:KEY}");
  }
}
