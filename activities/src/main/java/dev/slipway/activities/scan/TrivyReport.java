package dev.slipway.activities.scan;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.evidence.Finding;
import dev.slipway.evidence.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Trivy's JSON report (schema 2) says. What is not understood makes all of it unreadable: it
 * might be what counts.
 *
 * @param examined packages, checks of configuration and places with secrets
 * @param findings in the report's order
 */
record TrivyReport(long examined, List<Finding> findings) {
  /** The largest report that is read. */
  static final long MOST_BYTES = 128L << 20;

  private static final int SCHEMA = 2;
  private static final int MOST_DEPTH = 64;
  private static final Set<String> CLASSES = Set.of("os-pkgs", "lang-pkgs", "config", "secret");
  private static final ObjectReader STRICT =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MOST_DEPTH)
                          .maxDocumentLength(MOST_BYTES)
                          .build())
                  .build())
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build()
          .readerFor(Document.class);

  TrivyReport {
    findings = List.copyOf(findings);
  }

  private record Document(
      @JsonProperty("SchemaVersion") int schema,
      @JsonProperty("ArtifactType") @Nullable String type,
      @JsonProperty("Results") @Nullable List<@Nullable Result> results) {}

  private record Result(
      @JsonProperty("Target") @Nullable String target,
      @JsonProperty("Class") @Nullable String kind,
      @JsonProperty("Packages") @Nullable List<@Nullable Listed> packages,
      @JsonProperty("Vulnerabilities") @Nullable List<@Nullable Vulnerability> vulnerabilities,
      @JsonProperty("MisconfSummary") @Nullable Checks checks,
      @JsonProperty("Misconfigurations")
          @Nullable List<@Nullable Misconfiguration> misconfigurations,
      @JsonProperty("Secrets") @Nullable List<@Nullable Secret> secrets) {}

  private record Listed(@JsonProperty("Name") @Nullable String name) {}

  private record Checks(
      @JsonProperty("Successes") @Nullable Integer successes,
      @JsonProperty("Failures") @Nullable Integer failures) {}

  private record Vulnerability(
      @JsonProperty("VulnerabilityID") @Nullable String id,
      @JsonProperty("Severity") @Nullable String severity,
      @JsonProperty("PkgName") @Nullable String name,
      @JsonProperty("PkgPath") @Nullable String path,
      @JsonProperty("InstalledVersion") @Nullable String installed,
      @JsonProperty("FixedVersion") @Nullable String fixed) {}

  private record Misconfiguration(
      @JsonProperty("ID") @Nullable String id,
      @JsonProperty("Severity") @Nullable String severity,
      @JsonProperty("Title") @Nullable String title,
      @JsonProperty("Status") @Nullable String status,
      @JsonProperty("CauseMetadata") @Nullable Lines lines) {}

  private record Secret(
      @JsonProperty("RuleID") @Nullable String id,
      @JsonProperty("Severity") @Nullable String severity,
      @JsonProperty("Title") @Nullable String title,
      @JsonProperty("StartLine") @Nullable Integer line) {}

  private record Lines(@JsonProperty("StartLine") @Nullable Integer line) {}

  /**
   * Reads a report.
   *
   * @throws UnreadableScanException when it is too big, cut off, or of another shape
   */
  static TrivyReport read(Path file) throws IOException, UnreadableScanException {
    if (!Files.isRegularFile(file)) {
      throw new UnreadableScanException("was not written");
    }
    if (Files.size(file) > MOST_BYTES) {
      throw new UnreadableScanException("has more than %d MiB".formatted(MOST_BYTES >> 20));
    }
    Document document;
    try (var in = Files.newInputStream(file)) {
      document = STRICT.readValue(in);
    } catch (JsonProcessingException e) {
      throw new UnreadableScanException("is no complete JSON of Trivy: " + e.getOriginalMessage());
    }
    if (document == null || document.schema() != SCHEMA || document.type() == null) {
      throw new UnreadableScanException("is not of Trivy's schema " + SCHEMA);
    }
    return of(some(document.results()));
  }

  private static TrivyReport of(List<Result> results) throws UnreadableScanException {
    var findings = new ArrayList<Finding>();
    var examined = 0L;
    for (var result : results) {
      if (result.kind() == null || !CLASSES.contains(result.kind())) {
        throw new UnreadableScanException(
            "has a result of the class `%s`".formatted(cut(result.kind())));
      }
      var target = must(result.target(), "target of a result");
      for (var found : some(result.vulnerabilities())) {
        findings.add(
            new Finding(
                must(found.id(), "VulnerabilityID"),
                severity(found.severity()),
                must(found.name(), "PkgName"),
                found.installed(),
                found.fixed() == null || found.fixed().isEmpty() ? null : found.fixed(),
                found.path() == null || found.path().isEmpty() ? target : found.path()));
      }
      for (var found : some(result.misconfigurations())) {
        if (!"PASS".equals(found.status())) {
          var line = found.lines() == null ? null : found.lines().line();
          findings.add(plain(found.id(), found.severity(), found.title(), target, line));
        }
      }
      for (var found : some(result.secrets())) {
        findings.add(plain(found.id(), found.severity(), found.title(), target, found.line()));
      }
      examined += some(result.packages()).size() + some(result.secrets()).size();
      if (result.checks() != null) {
        examined += count(result.checks().successes());
        examined += count(result.checks().failures());
      }
    }
    return new TrivyReport(examined, findings);
  }

  private static Finding plain(
      @Nullable String id,
      @Nullable String severity,
      @Nullable String title,
      String target,
      @Nullable Integer line)
      throws UnreadableScanException {
    return new Finding(
        must(id, "ID"),
        severity(severity),
        title == null ? "" : title,
        null,
        null,
        count(line) > 0 ? target + ":" + line : target);
  }

  /** Trivy leaves out what is 0. */
  private static long count(@Nullable Integer number) {
    return number == null ? 0 : Math.max(0, number);
  }

  private static <T> List<T> some(@Nullable List<@Nullable T> list) throws UnreadableScanException {
    var elements = new ArrayList<T>();
    if (list != null) {
      for (var element : list) {
        if (element == null) {
          throw new UnreadableScanException("has a hole in a list");
        }
        elements.add(element);
      }
    }
    return elements;
  }

  private static String must(@Nullable String text, String name) throws UnreadableScanException {
    if (text == null) {
      throw new UnreadableScanException("lacks the " + name);
    }
    return text;
  }

  private static Severity severity(@Nullable String name) throws UnreadableScanException {
    var severity = name == null ? null : Severity.named(name).orElse(null);
    if (severity == null) {
      throw new UnreadableScanException("has the severity `%s`".formatted(cut(name)));
    }
    return severity;
  }

  private static String cut(@Nullable String text) {
    return text == null ? "none" : text.substring(0, Math.min(text.length(), 40));
  }
}
