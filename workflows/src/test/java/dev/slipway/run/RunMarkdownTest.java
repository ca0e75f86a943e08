package dev.slipway.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.approval.Question;
import dev.slipway.artifact.Digest;
import dev.slipway.gate.Verdict;
import dev.slipway.gate.Verdict.CheckVerdict;
import dev.slipway.pipeline.RunId;
import dev.slipway.source.SourceRef;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

class RunMarkdownTest {
  @Example
  void tellsWhereARunStandsAndWhatItWaitsFor() {
    assertThat(RunMarkdown.of(run("Add tax", List.of(stage("production", "waits")), "Release?")))
        .isEqualTo(
            """
            ### shop/3: waiting
            it waits

            Commit `00000000` Add tax

            **Waiting for a decision:** Release?
            - commit 1

            Send the signal `approve` or `reject` with `{"by": "your name"}`.

            | stage | state | steps |
            |---|---|---|
            | production | waiting: waits<br>coverage gte 80: failed (71 % \\| of 10) | \
            rollout pending<br> |
            """);
  }

  @Property
  void textFromCommitsAndReportsIsNeverMarkup(@ForAll String text) {
    var markdown = RunMarkdown.of(run(text, List.of(), text));

    var subject = markdown.lines().filter(line -> line.startsWith("Commit ")).findFirst();
    assertThat(subject.orElseThrow()).doesNotContainPattern("(?<!\\\\)[*_<>|\\[\\]#~]");
    assertThat(markdown.lines()).noneMatch(line -> line.startsWith("# "));
  }

  @Example
  void aLongPipelineDoesNotPushTheQuestionOut() {
    var stages = Collections.nCopies(500, stage("stage", "note"));

    var markdown = RunMarkdown.of(run("Add tax", stages, "Release?"));

    assertThat(markdown).contains("Release?").hasSizeLessThanOrEqualTo(6_000);
  }

  private static RunState run(String subject, List<StageState> stages, @Nullable String question) {
    return new RunState(
        new RunId("shop", 3),
        new RunInput.Deliver("shop", "0".repeat(40), "slipway.yaml"),
        "ann",
        RunStatus.WAITING,
        "it waits",
        List.of(),
        new SourceRef("shop", "0".repeat(40), subject, "Ann", Digest.of(new byte[0])),
        Instant.EPOCH,
        null,
        stages,
        question == null
            ? null
            : new Question(
                "production/1",
                question,
                List.of("commit 1"),
                List.of(),
                1,
                Instant.EPOCH,
                null,
                Instant.EPOCH,
                List.of()),
        List.of(),
        List.of());
  }

  private static StageState stage(String name, String note) {
    return new StageState(
        name,
        name,
        StageState.Status.WAITING,
        1,
        null,
        null,
        List.of(
            new StepState(
                "rollout",
                "rollout",
                StepState.Status.PENDING,
                0,
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                null,
                null)),
        new Verdict(
            false,
            List.of(new CheckVerdict("coverage gte 80", Verdict.Result.FAILED, "71 % | of 10"))),
        note);
  }
}
