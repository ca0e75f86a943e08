package dev.slipway.activities.report;

import dev.slipway.evidence.TestResult;
import dev.slipway.evidence.TestResult.Basis;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the XML that JUnit's Ant task made common and that Surefire, Vitest, Jest, pytest and many
 * others write. Test cases are counted one by one; a suite that declares more failures than its
 * cases show, as one does that could not be loaded, has failed as often as it declares.
 */
final class JUnitXml implements XmlElements.Visitor {
  private final Deque<Suite> suites = new ArrayDeque<>();
  private final List<String> failures = new ArrayList<>();
  private @Nullable Case current;
  private int passed;
  private int skipped;
  private long failed;

  private JUnitXml() {}

  static TestResult read(String source, byte[] content) throws UnreadableReportException {
    var report = new JUnitXml();
    XmlElements.visit(source, content, report);
    return new TestResult(
        source,
        Basis.REPORT,
        report.passed,
        Math.toIntExact(Math.min(report.failed, Integer.MAX_VALUE)),
        report.skipped,
        report.failures);
  }

  @Override
  public void begin(XmlElements element, String name, @Nullable String parent)
      throws UnreadableReportException {
    if (parent == null && !name.equals("testsuites") && !name.equals("testsuite")) {
      throw element.unreadable("begins with <%s>, not with <testsuites>".formatted(name));
    }
    switch (name) {
      case "testsuites", "testsuite" -> {
        var declared = element.count("failures").orElse(0) + element.count("errors").orElse(0);
        suites.push(new Suite(Names.shown(element.attribute("name")), declared, failed));
      }
      case "testcase" -> {
        if (current != null) {
          throw element.unreadable("has a test case inside of a test case");
        }
        current = new Case(element);
      }
      case "failure", "error" -> mark("testcase".equals(parent), Outcome.FAILED);
      case "skipped" -> mark("testcase".equals(parent), Outcome.SKIPPED);
      default -> {
        // Properties and output.
      }
    }
  }

  private void mark(boolean ofCase, Outcome outcome) {
    if (ofCase && current != null && current.outcome != Outcome.FAILED) {
      current.outcome = outcome;
    }
  }

  @Override
  public void end(String name) throws UnreadableReportException {
    switch (name) {
      case "testcase" -> endOfCase();
      case "testsuites", "testsuite" -> endOfSuite();
      default -> {
        // Nothing to count.
      }
    }
  }

  private void endOfCase() {
    if (current != null) {
      switch (current.outcome) {
        case PASSED -> passed++;
        case SKIPPED -> skipped++;
        case FAILED -> {
          failed++;
          name(current.name);
        }
      }
      current = null;
    }
  }

  private void endOfSuite() {
    var suite = suites.pop();
    var unseen = suite.declared - (failed - suite.failedBefore);
    if (unseen > 0) {
      failed += unseen;
      name(suite.name.isEmpty() ? "a suite" : suite.name);
    }
  }

  private void name(String failure) {
    if (failures.size() < TestResult.MOST_FAILURES) {
      failures.add(failure);
    }
  }

  private record Suite(String name, long declared, long failedBefore) {}

  private enum Outcome {
    PASSED,
    SKIPPED,
    FAILED
  }

  private static final class Case {
    private final String name;
    private Outcome outcome;

    private Case(XmlElements element) {
      var test = element.attribute("name");
      var group = element.attribute("classname");
      name = Names.shown(group.isBlank() || test.startsWith(group) ? test : group + " › " + test);
      // GoogleTest lists a disabled test without a <skipped> element.
      outcome = element.attribute("status").equals("notrun") ? Outcome.SKIPPED : Outcome.PASSED;
    }
  }
}
