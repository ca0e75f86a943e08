package dev.slipway.activities.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.evidence.TestResult.Basis;
import org.junit.jupiter.api.Test;

final class JUnitXmlTest {
  private static final String VITEST =
      """
      <?xml version="1.0" encoding="UTF-8" ?>
      <testsuites name="vitest tests" tests="3" failures="1" errors="0" time="0.41">
          <testsuite name="test/unit/price.test.ts" timestamp="2026-11-22T03:00:00.000Z"
              hostname="ci" tests="3" failures="1" errors="0" skipped="1" time="0.02">
              <testcase classname="test/unit/price.test.ts" name="price &gt; adds tax" time="0.003">
              </testcase>
              <testcase classname="test/unit/price.test.ts" name="price &gt; rounds" time="0.01">
                  <failure message="expected 10.01 to be 10" type="AssertionError">
      AssertionError: expected 10.01 to be 10
       ❯ test/unit/price.test.ts:12:5
                  </failure>
              </testcase>
              <testcase classname="test/unit/price.test.ts" name="price &gt; converts" time="0">
                  <skipped/>
              </testcase>
          </testsuite>
      </testsuites>
      """;

  private static final String SUREFIRE =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuite xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" version="3.0"
          xsi:noNamespaceSchemaLocation="https://maven.apache.org/surefire/maven-surefire-plugin/xsd/surefire-test-report.xsd"
          name="org.example.CartTest" time="0.1" tests="3" errors="1" skipped="0" failures="0">
        <properties><property name="java.version" value="25"/></properties>
        <testcase name="adds" classname="org.example.CartTest" time="0.01"/>
        <testcase name="removes" classname="org.example.CartTest" time="0.01">
          <error message="boom" type="java.lang.IllegalStateException"><![CDATA[at <init>]]></error>
          <system-out><![CDATA[<failure/>]]></system-out>
        </testcase>
        <testcase name="waits" classname="org.example.CartTest" time="0.3">
          <flakyFailure message="late" type="java.lang.AssertionError"/>
        </testcase>
      </testsuite>
      """;

  private static final String JEST_WITH_A_SUITE_THAT_DID_NOT_LOAD =
      """
      <testsuites name="jest tests" tests="1" failures="0" errors="1" time="1">
        <testsuite name="loads" errors="0" failures="0" skipped="0" tests="1">
          <testcase classname="loads well" name="loads well" time="0.1"/>
        </testsuite>
        <testsuite name="broken.test.js" errors="1" failures="0" skipped="0" tests="0"/>
      </testsuites>
      """;

  @Test
  void vitestIsCountedCaseByCase() throws Exception {
    var result = Sample.tests(VITEST);

    assertThat(result.basis()).isEqualTo(Basis.REPORT);
    assertThat(result.passed()).isEqualTo(1);
    assertThat(result.failed()).isEqualTo(1);
    assertThat(result.skipped()).isEqualTo(1);
    assertThat(result.failures()).containsExactly("test/unit/price.test.ts › price > rounds");
    assertThat(result.isPass()).isFalse();
  }

  @Test
  void anErrorIsAFailureAndAFlakyTestThatPassedIsNone() throws Exception {
    var result = Sample.tests(SUREFIRE);

    assertThat(result.passed()).isEqualTo(2);
    assertThat(result.failures()).containsExactly("org.example.CartTest › removes");
  }

  @Test
  void aSuiteThatCouldNotBeLoadedHasFailed() throws Exception {
    var result = Sample.tests(JEST_WITH_A_SUITE_THAT_DID_NOT_LOAD);

    assertThat(result.passed()).isEqualTo(1);
    assertThat(result.failed()).isEqualTo(1);
    assertThat(result.failures()).containsExactly("broken.test.js");
  }

  @Test
  void nestedSuitesAreCountedOnce() throws Exception {
    var result =
        Sample.tests(
            """
            <testsuites failures="2"><testsuite name="outer" failures="2">
              <testcase name="a"><failure/></testcase>
              <testsuite name="inner" failures="1"><testcase name="b"><failure/><error/></testcase>
              </testsuite>
            </testsuite></testsuites>
            """);

    assertThat(result.failed()).isEqualTo(2);
    assertThat(result.failures()).containsExactly("a", "b");
  }

  @Test
  void zeroTestsAreNoPass() throws Exception {
    assertThat(Sample.tests("<testsuites/>").isPass()).isFalse();
  }

  @Test
  void aFailureThatStandsInAnAttributeOrDeepInsideCounts() throws Exception {
    var result =
        Sample.tests(
            """
            <testsuite tests="4">
              <testcase name="a" status="failed"/>
              <testcase name="b" result="Failed"/>
              <testcase name="c"><step><failure message="no"/></step></testcase>
              <testcase name="d" status="run" result="completed"/>
            </testsuite>
            """);

    assertThat(result.failed()).isEqualTo(3);
    assertThat(result.passed()).isEqualTo(1);
  }

  @Test
  void aReportWithFewerTestsThanItSaysIsNotWhole() {
    assertThatThrownBy(
            () -> Sample.tests("<testsuite tests='500'><testcase name='a'/></testsuite>"))
        .hasMessageContaining("500 tests");
  }

  @Test
  void aDisabledTestDidNotRun() throws Exception {
    var result =
        Sample.tests(
            "<testsuite><testcase name='a' status='notrun'/><testcase name='b'/></testsuite>");

    assertThat(result.passed()).isEqualTo(1);
    assertThat(result.skipped()).isEqualTo(1);
  }

  @Test
  void onlyTheFirstFailuresAreNamed() throws Exception {
    var result =
        Sample.tests(
            "<testsuite>" + "<testcase name='x'><failure/></testcase>".repeat(50) + "</testsuite>");

    assertThat(result.failed()).isEqualTo(50);
    assertThat(result.failures()).hasSize(10);
  }

  @Test
  void aLongNameIsCutToOneLine() throws Exception {
    var result =
        Sample.tests(
            "<testsuite><testcase name='a&#10;%s'><error/></testcase></testsuite>"
                .formatted("b".repeat(5000)));

    assertThat(result.failures().getFirst()).hasSizeLessThan(200).startsWith("a bbb");
  }
}
