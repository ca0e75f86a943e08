package dev.slipway.run;

import dev.slipway.approval.Decision;
import dev.slipway.approval.Question;
import dev.slipway.notification.RunEvent;
import dev.slipway.pipeline.RunId;
import dev.slipway.source.SourceRef;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything a person may ask about a run; the answer of the query {@code state}, and the record
 * that remains of it.
 *
 * @param source null until the commit is in the store
 * @param reason why it ended so, or what it waits for; one line
 * @param problems of the pipeline file, rendered, when the status is {@code INVALID}
 * @param question that is open
 * @param decisions of all questions
 * @param events what happened, for people, oldest first, bounded
 */
public record RunState(
    RunId id,
    RunInput.Kind kind,
    String by,
    RunStatus status,
    @Nullable String reason,
    List<String> problems,
    @Nullable SourceRef source,
    Instant startedAt,
    @Nullable Instant endedAt,
    List<StageState> stages,
    @Nullable Question question,
    List<Decision> decisions,
    List<RunEvent> events) {}
