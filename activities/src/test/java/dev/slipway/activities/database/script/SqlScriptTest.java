package dev.slipway.activities.database.script;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SqlScriptTest {
  @Test
  void semicolonsInsideOfStringsNamesCommentsAndBodiesSeparateNothing() {
    var text =
        """
        -- a comment; alone
        SELECT 'a;''b;', E'\\';', "x;y", $$;$$, $tag$ $$ ; $tag$ /* ; /* ; */ ; */;
        CREATE RULE r AS ON INSERT TO t DO (DELETE FROM a; DELETE FROM b);
        CREATE OR REPLACE FUNCTION f(a int) RETURNS int BEGIN ATOMIC
          SELECT CASE WHEN a > 1 THEN 1 ELSE 2 END; SELECT 2;
        END;
        BEGIN; COMMIT;
        SELECT $1, a$b;
        /* the end; */
        """;

    var statements = SqlScript.statements(text);

    assertThat(statements.stream().map(SqlStatement::line)).containsExactly(2, 3, 4, 7, 7, 8);
    assertThat(statements.get(0).text()).startsWith("SELECT 'a;").endsWith("; */");
    assertThat(statements.get(2).text()).endsWith("END");
    assertThat(statements.get(5).text()).isEqualTo("SELECT $1, a$b");
  }

  @Test
  void commentsAreNoStatements() {
    assertThat(SqlScript.statements("")).isEmpty();
    assertThat(SqlScript.statements(" ; ;\n-- nothing;\n/* ; ")).isEmpty();
  }

  @Property(tries = 500)
  void anyTextIsSplitWithoutLosingWhatIsNoCommentOrSpace(
      @ForAll @StringLength(max = 40) @CharRange(from = ' ', to = '~') String text) {
    var rest = text;
    for (var statement : SqlScript.statements(text)) {
      assertThat(rest).contains(statement.text());
      rest = rest.substring(rest.indexOf(statement.text()) + statement.text().length());
    }
  }
}
