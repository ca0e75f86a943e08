package dev.slipway.activities.report;

import dev.slipway.evidence.TestResult;
import dev.slipway.evidence.TestResult.Basis;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
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
  private final String source;
  private int passed;
  private int skipped;
  private long failed;
  private long cases;

  private JUnitXml(String source) {
    this.source = source;
  }

  static TestResult read(String source, byte[] content) throws UnreadableReportException {
    var report = new JUnitXml(source);
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
        suites.push(
            new Suite(
                Names.shown(element.attribute("name")),
                declared,
                failed,
                element.count("tests").orElse(0),
                cases));
      }
      case "testcase" -> {
        if (current != null) {
          throw element.unreadable("has a test case inside of a test case");
        }
        current = new Case(element);
        cases++;
      }
      // Wherever it stands in a case: not every writer keeps to one depth.
      case "failure", "error" -> mark(Outcome.FAILED);
      case "skipped" -> {
        if ("testcase".equals(parent)) {
          mark(Outcome.SKIPPED);
        }
      }
      default -> {
        // Properties and output.
      }
    }
  }

  private void mark(Outcome outcome) {
    if (current != null && current.outcome != Outcome.FAILED) {
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

  private void endOfSuite() throws UnreadableReportException {
    var suite = suites.pop();
    var unseen = suite.declared - (failed - suite.failedBefore);
    if (unseen > 0) {
      failed += unseen;
      cases += unseen;
      name(suite.name.isEmpty() ? "a suite" : suite.name);
    }
    var seen = cases - suite.casesBefore;
    if (suite.tests > seen) {
      throw new UnreadableReportException(
          source, "says that it has %d tests, and has %d".formatted(suite.tests, seen));
    }
  }

  private void name(String failure) {
    if (failures.size() < TestResult.MOST_FAILURES) {
      failures.add(failure);
    }
  }

  private record Suite(
      String name, long declared, long failedBefore, long tests, long casesBefore) {}

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
      outcome = outcome(element.attribute("status"), element.attribute("result"));
    }

    /** Some writers say it in an attribute, and not in an element. */
    private static Outcome outcome(String status, String result) {
      for (var said : List.of(status, result)) {
        switch (said.toLowerCase(Locale.ROOT)) {
          case "failed", "failure", "fail", "error", "errored", "broken", "timedout", "aborted" -> {
            return Outcome.FAILED;
          }
          // GoogleTest lists a disabled test without a <skipped> element.
          case "notrun", "skipped", "ignored", "disabled", "suppressed", "pending" -> {
            return Outcome.SKIPPED;
          }
          default -> {}
        }
      }
      return Outcome.PASSED;
    }
  }
}
