package dev.slipway.activities.report;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
final class HostileReportsTest {
  private static final String LAUGHS =
      """
      <?xml version="1.0"?>
      <!DOCTYPE testsuite [
        <!ENTITY a "laugh"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
        <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">
        <!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;">
      ]>
      <testsuite><testcase name="a"/><system-out>&f;</system-out></testsuite>
      """;

  @Test
  void anEntityBombIsRefused() {
    refused(LAUGHS);
    refused(LAUGHS.replace("<testcase name=\"a\"/>", "<testcase name=\"&f;\"/>"));
  }

  @Test
  void noFileIsReadForAReport() {
    refused(
        """
        <!DOCTYPE testsuite [<!ENTITY file SYSTEM "file:///etc/hostname">]>
        <testsuite><testcase name="a"/><system-out>&file;</system-out></testsuite>
        """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   \n",
        "hello",
        "[]",
        "{",
        "{}",
        "{\"total\": {\"lines\": {\"total\": NaN, \"covered\": 1}}}",
        "{\"total\": {\"lines\": {\"total\": -5, \"covered\": -5}}}",
        "{\"total\": {\"lines\": {\"total\": 5, \"covered\": 6}}}",
        "{\"total\": {\"lines\": {\"total\": 5.5, \"covered\": 5}}}",
        "{\"total\": {\"lines\": {\"total\": \"5\", \"covered\": \"5\"}}}",
        "{\"total\": {\"lines\": {\"total\": 5, \"covered\": 5}}",
        "{\"total\": {\"lines\": {\"total\": 5, \"covered\": 5}}} {}",
        "{\"total\": {\"lines\": {\"total\": 5, \"covered\": 0, \"covered\": 5}}}",
        "{\"total\": {\"lines\": {\"total\": 9223372036854775808, \"covered\": 1}}}",
        "<testsuite><testcase name='a'/>",
        "<testsuite><testcase name='a'></testsuite>",
        "<testsuite failures='-1'><testcase name='a'/></testsuite>",
        "<testsuite failures='NaN'><testcase name='a'/></testsuite>",
        "<testsuite errors='1e9'><testcase name='a'/></testsuite>",
        "<testsuite><testcase><testcase/></testcase></testsuite>",
        "<testsuite/><testsuite/>",
        "<html><body/></html>",
        "<report name='jacoco'/>",
        "<coverage generated='1'><project/></coverage>",
        "<coverage line-rate='1' lines-valid='10'/>",
        "<coverage line-rate='NaN' lines-valid='NaN' lines-covered='NaN'/>",
        "<coverage line-rate='1' lines-valid='1' lines-covered='2'/>",
        "<coverage line-rate='1' lines-valid='2' lines-covered='2'>",
        "TN:\n",
        "SF:a\nDA:1,1\n",
        "SF:a\nDA:1,-1\nend_of_record\n",
        "SF:a\nDA:1\nend_of_record\n",
        "SF:a\nDA:99999999999,1\nend_of_record\n",
        "SF:a\nLF:1\nLH:2\nend_of_record\n",
        "SF:a\nSF:b\nend_of_record\n",
        "SF:a\nend_of_record\nend_of_record\n",
        "SF:a\nDA:1,1\nend_of_rec",
        "DA:1,1\n",
      })
  void whatIsNotAWholeReportIsRefused(String text) {
    refused(text);
  }

  @Test
  void depthIsLimited() {
    refused("<testsuite>".repeat(50_000) + "</testsuite>".repeat(50_000));
    refused("{\"total\":".repeat(50_000) + "1" + "}".repeat(50_000));
  }

  @Test
  void countIsLimited() {
    refused("<testsuite>" + "<a/>".repeat(2_100_000) + "</testsuite>");
  }

  @Test
  void sizeIsLimited() {
    var large = new byte[(32 << 20) + 1];
    Arrays.fill(large, (byte) ' ');
    var begin = "<testsuite>".getBytes(StandardCharsets.UTF_8);
    System.arraycopy(begin, 0, large, 0, begin.length);

    assertThatThrownBy(() -> Sample.read(large))
        .isInstanceOf(UnreadableReportException.class)
        .hasMessageContaining("more than 32 MiB");
  }

  private static void refused(String text) {
    assertThatThrownBy(() -> Sample.read(text)).isInstanceOf(UnreadableReportException.class);
  }
}
