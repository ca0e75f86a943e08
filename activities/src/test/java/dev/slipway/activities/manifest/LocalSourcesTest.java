package dev.slipway.activities.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What leads out of the commit, or starts programs, is refused before a renderer is started. */
class LocalSourcesTest {
  @TempDir private Path folder;
  private Path commit;

  @BeforeEach
  void makeCommit() throws IOException {
    commit = folder.toRealPath();
  }

  private void file(String name, String text) throws IOException {
    var file = commit.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
  }

  private void kustomization(String name) throws Exception {
    new Kustomizations(commit, commit).requireLocal(commit.resolve(name));
  }

  private void chart(String name) throws Exception {
    new Charts(commit).requireLocal(commit.resolve(name));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "resources: ['https://example.com/all.yaml'] | `resources` | https://example.com/all.yaml",
        "resources: [github.com/org/repo/base] | `resources` | github.com/org/repo/base",
        "Resources: ['https://example.com/all.yaml'] | `resources` | https://example.com/all.yaml",
        "resources: ['gh:org/repo'] | `resources` | gh:org/repo",
        "resources: ['git@example.com:org/repo'] | `resources` | git@example.com:org/repo",
        "resources: ['file:///etc/passwd'] | `resources` | file:///etc/passwd",
        "resources: ['example.com/org/repo.git?ref=v1'] | `resources` | repo.git?ref=v1",
        "resources: [base//sub] | `resources` | base//sub",
        "resources: [/etc/hosts] | `resources` | /etc/hosts",
        "resources: [../../../../../../../../etc/hosts] | `resources` | etc/hosts",
        "resources: [gone.yaml] | `resources` | gone.yaml",
        "bases: ['https://example.com/x'] | `bases` | example.com",
        "components: ['https://example.com/x'] | `components` | example.com",
        "crds: ['https://example.com/x'] | `crds` | example.com",
        "configurations: ['https://example.com/x'] | `configurations` | example.com",
        "patches: [{path: 'https://example.com/x'}] | `patches` | example.com",
        "patches: [{Path: 'https://example.com/x'}] | `patches` | example.com",
        "patchesStrategicMerge: ['https://example.com/x'] | `patchesStrategicMerge` | example.com",
        "patchesJson6902: [{path: 'https://example.com/x'}] | `patchesJson6902` | example.com",
        "replacements: [{path: 'https://example.com/x'}] | `replacements` | example.com",
        "openapi: {path: 'https://example.com/x'} | `openapi` | example.com",
        "configMapGenerator: [{files: ['a=https://example.com/x']}] | configMapGenerator.files | x",
        "configMapGenerator: [{envs: ['https://example.com/x']}] | configMapGenerator.envs | x",
        "helmCharts: [{name: x}] | `helmCharts` | no program",
        "generators: [exec.yaml] | `generators` | no program",
        "transformers: [exec.yaml] | `transformers` | no program",
        "validators: [exec.yaml] | `validators` | no program",
        "secretGenerator: [{name: s, literals: [a=b]}] | `secretGenerator` | no Secrets",
        "{kind: List, items: [], resources: ['https://example.com/x']} | `resources` | example.com",
      })
  void aKustomizationStaysInItsCommit(String text, String field, String entry) throws Exception {
    file("app/kustomization.yaml", "resources: [../base]");
    file("base/kustomization.yml", text);

    assertThatThrownBy(() -> kustomization("app"))
        .isInstanceOfSatisfying(
            StepFailedException.class,
            e -> {
              assertThat(e.failure().type()).isEqualTo(FailureType.CONFIGURATION);
              assertThat(e.failure().happened()).contains("base/kustomization.yml", field, entry);
            });
  }

  @Test
  void aKustomizationOfTheCommitsFilesPasses() throws Exception {
    file(
        "app/Kustomization",
        """
        resources: [../base, more.yaml]
        components: [../part]
        patches: [{path: patch.yaml}, {patch: "[{op: remove, path: /a}]", target: {kind: A}}]
        patchesStrategicMerge: ["{apiVersion: v1, kind: A, metadata: {name: a}}"]
        configMapGenerator:
        - {name: a, files: [more.yaml, b=more.yaml], literals: ["url=https://example.com"]}
        """);
    file("app/more.yaml", "{}");
    file("app/patch.yaml", "{}");
    file("base/kustomization.yaml", "resources: [../app]");
    file("part/kustomization.yaml", "{kind: Component}");

    assertThatCode(() -> kustomization("app")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Chart.yaml | {name: a, dependencies: [{name: redis}]} | chart/Chart.yaml depends on redis",
        "requirements.yaml | {dependencies: [{name: redis}]} | chart/requirements.yaml depends on",
        "charts/redis-1.0.0.tgz | x | chart/charts/redis-1.0.0.tgz is packed",
        "charts/sub/Chart.yaml | {name: sub, dependencies: [{name: b}]} | sub/Chart.yaml depends on b",
        "values.schema.json | {'$ref': 'http://127.0.0.1/x'} | values.schema.json leads to http:",
        "values.schema.json | {a: {'$ref': {'$ref': 'file:///x'}}} | values.schema.json leads to file",
        "values.schema.json | {'$schema': 'http://127.0.0.1/x'} | values.schema.json leads to http:",
      })
  void aChartStaysInItsCommit(String name, String text, String happened) throws Exception {
    file("chart/Chart.yaml", "{name: a}");
    file("chart/" + name, text);

    assertThatThrownBy(() -> chart("chart"))
        .isInstanceOfSatisfying(
            StepFailedException.class,
            e -> {
              assertThat(e.failure().type()).isEqualTo(FailureType.CONFIGURATION);
              assertThat(e.failure().happened()).contains(happened);
            });
  }

  @Test
  void aChartWithItsDependenciesPasses() throws Exception {
    file("chart/Chart.yaml", "{name: a, dependencies: [{name: redis, version: 1.x}]}");
    file("chart/charts/redis/Chart.yaml", "{name: redis}");
    file(
        "chart/values.schema.json",
        """
        {"$schema": "http://json-schema.org/draft-07/schema#", "$ref": "#/definitions/a"}
        """);

    assertThatCode(() -> chart("chart")).doesNotThrowAnyException();
  }
}
