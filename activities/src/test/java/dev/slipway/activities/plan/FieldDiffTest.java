package dev.slipway.activities.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldDiffTest {
  private static ObjectNode json(String text) {
    return Json.read(text.replace('\'', '"').getBytes(UTF_8), ObjectNode.class);
  }

  private static List<FieldChange> between(String before, String after) {
    return FieldDiff.between(json(before), json(after));
  }

  @Test
  void aChangedFieldHasItsPathAndBothValues() {
    assertThat(between("{'spec': {'replicas': 2}}", "{'spec': {'replicas': 3}}"))
        .containsExactly(new FieldChange("spec.replicas", "2", "3"));
  }

  @Test
  void whatIsNewOrGoneHasOneValue() {
    assertThat(between("{'spec': {'a': 1}}", "{'spec': {'b': {'c': true}}}"))
        .containsExactly(
            new FieldChange("spec.a", "1", null), new FieldChange("spec.b.c", null, "true"));
  }

  @Test
  void itemsAreKnownByTheirNameAndNotByTheirPlace() {
    assertThat(
            between(
                "{'c': [{'name': 'web', 'image': 'a'}, {'name': 'log', 'image': 'l'}]}",
                "{'c': [{'name': 'log', 'image': 'l'}, {'name': 'web', 'image': 'b'}]}"))
        .containsExactly(new FieldChange("c[web].image", "a", "b"));
  }

  @Test
  void itemsWithoutANameAreKnownByTheirPlace() {
    assertThat(between("{'args': ['-v', 'one']}", "{'args': ['-v', 'two', 'x']}"))
        .containsExactly(
            new FieldChange("args[1]", "one", "two"), new FieldChange("args[2]", null, "x"));
  }

  @Test
  void aNameWithDotsStandsInBrackets() {
    assertThat(
            between(
                "{'metadata': {'labels': {'app.kubernetes.io/name': 'a'}}}",
                "{'metadata': {'labels': {'app.kubernetes.io/name': 'b'}}}"))
        .containsExactly(new FieldChange("metadata.labels[app.kubernetes.io/name]", "a", "b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'metadata': {'resourceVersion': 'X'}}",
        "{'metadata': {'generation': 'X'}}",
        "{'metadata': {'managedFields': [{'manager': 'X'}]}}",
        "{'status': {'replicas': 'X'}}",
        "{'metadata': {'annotations': {'slipway.dev/run': 'X'}}}",
        "{'metadata': {'annotations': {'slipway.dev/release-number': 'X'}}}",
        "{'metadata': {'annotations': {'kubectl.kubernetes.io/last-applied-configuration': 'X'}}}",
        "{'spec': {'template': {'metadata': {'annotations': {'slipway.dev/commit': 'X'}}}}}"
      })
  void bookkeepingIsNoChange(String object) {
    assertThat(between(object.replace('X', '1'), object.replace('X', '2'))).isEmpty();
  }

  @Test
  void podsAreSaidToBeReplacedForTheReleasesNumber() {
    var object =
        "{'spec': {'template': {'metadata': {'annotations': {'slipway.dev/release-number': 'X'}}}}}";

    assertThat(between(object.replace('X', '1'), object.replace('X', '2')))
        .containsExactly(
            new FieldChange(
                "spec.template.metadata.annotations[slipway.dev/release-number]", "1", "2"));
  }

  @Test
  void ofASecretOnlyTheFactIsShown() {
    assertThat(
            between(
                "{'kind': 'Secret', 'data': {'motd': 'aGVsbG8='}}",
                "{'kind': 'Secret', 'data': {'motd': 'Ynll', 'more': 'YQ=='}}"))
        .containsExactly(
            new FieldChange("data.more", null, "***"), new FieldChange("data.motd", "***", "***"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'env': [{'name': 'DB_PASSWORD', 'value': 'X'}]}|env[DB_PASSWORD].value",
        "{'env': [{'name': 'AWS_ACCESS_KEY_ID', 'value': 'X'}]}|env[AWS_ACCESS_KEY_ID].value",
        "{'env': [{'name': 'COLOUR', 'value': 'X'}]}|env[COLOUR].value",
        "{'env': [{'name': 'a]b', 'value': 'X'}]}|env[a]b].value",
        "{'probe': {'httpHeaders': [{'name': 'Accept', 'value': 'X'}]}}|probe.httpHeaders[Accept].value",
        "{'data': {'greeting': 'X'}}|data.greeting",
        "{'data': {'a.b': 'X'}}|data[a.b]",
        "{'args': ['--pwd', 'X']}|args[1]",
        "{'args': ['--dsn=X']}|args[0]",
        "{'args': ['--encryption-key', 'X']}|args[1]",
        "{'args': ['Authorization: Basic X']}|args[0]",
        "{'args': ['AccountKey=X;']}|args[0]",
        "{'env': [{'name': 'DATABASE_URL', 'value': 'jdbc://ann:X@db/shop'}]}|env[DATABASE_URL].value",
        "{'data': {'db.password': 'X'}}|data[db.password]",
        "{'data': {'settings': 'port=1\\npassword: X\\n'}}|data.settings",
        "{'args': ['--password', 'X']}|args[1]",
        "{'args': ['--api-key=X']}|args[0]",
        "{'note': '-----BEGIN PRIVATE KEY----- X'}|note",
      })
  void whatLooksLikeASecretIsNotShown(String object, String path) {
    var changed = between(object.replace("X", "hunter2"), object.replace("X", "hunter3"));

    assertThat(changed).containsExactly(new FieldChange(path, "***", "***"));
  }

  @Test
  void whatIsFarBehindInAValueIsNotShownEither() {
    var padding = "x".repeat(2000);

    assertThat(
            between(
                "{'args': ['%s jdbc://ann:hunter2@db/shop']}".formatted(padding),
                "{'args': ['%s jdbc://ann:hunter3@db/shop']}".formatted(padding)))
        .containsExactly(new FieldChange("args[0]", "***", "***"));
  }

  @ParameterizedTest
  @CsvSource({"1,20000", "true,false", "'',7"})
  void plainSettingsAreShown(String before, String after) {
    var object = "{'env': [{'name': 'LEVEL', 'value': 'X'}], 'data': {'level': 'X'}}";

    assertThat(between(object.replace("X", before), object.replace("X", after)))
        .containsExactly(
            new FieldChange("data.level", before, after),
            new FieldChange("env[LEVEL].value", before, after));
  }

  @Test
  void anImageIsNoSecretInASetting() {
    var image = "r.example:5000/shop/web@sha256:" + "a".repeat(64);

    assertThat(between("{'data': {}}", "{'data': {'image': '%s'}}".formatted(image)))
        .containsExactly(new FieldChange("data.image", null, image));
  }

  @Test
  void aNumberThatCouldBeAPinIsNotShown() {
    assertThat(between("{'data': {'pin': '123456'}}", "{'data': {'pin': '654321'}}"))
        .containsExactly(new FieldChange("data.pin", "***", "***"));
  }

  @Test
  void bothSidesOfAListAreComparedByOneKey() {
    assertThat(
            between(
                "{'p': [{'containerPort': 80, 'protocol': 'TCP'}]}",
                "{'p': [{'name': 'web', 'containerPort': 80, 'protocol': 'TCP'}]}"))
        .containsExactly(new FieldChange("p[80].name", null, "web"));
  }

  @Test
  void anEmptySideIsComparedByTheKeyOfTheOther() {
    assertThat(between("{'p': []}", "{'p': [{'name': 'web', 'containerPort': 80}]}"))
        .containsExactly(new FieldChange("p[web].containerPort", null, "80"));
  }

  @Test
  void whereASecretIsMayBeKnown() {
    var reference =
        "{'env': [{'name': 'DB_PASSWORD', 'valueFrom': {'secretKeyRef': {'name': 'X', 'key': 'p'}}}],"
            + " 'volumes': [{'name': 'keys', 'secret': {'secretName': 'X'}}]}";

    assertThat(between(reference.replace("X", "one"), reference.replace("X", "two")))
        .containsExactly(
            new FieldChange("env[DB_PASSWORD].valueFrom.secretKeyRef.name", "one", "two"),
            new FieldChange("volumes[keys].secret.secretName", "one", "two"));
  }

  @Test
  void ofACreatedObjectEveryFieldIsShownThatIsAskedFor() {
    assertThat(
            FieldDiff.of(
                json("{'apiVersion': 'v1', 'kind': 'ConfigMap', 'data': {'retries': '3'}}")))
        .containsExactly(new FieldChange("data.retries", null, "3"));
  }

  @Test
  void whatWouldSteerATerminalIsMadeHarmless() {
    assertThat(between("{'a': 'x'}", "{'a': '\\u001b[2J'}"))
        .containsExactly(new FieldChange("a", "x", "·[2J"));
  }
}
