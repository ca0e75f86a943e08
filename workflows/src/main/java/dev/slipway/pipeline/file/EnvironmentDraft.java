package dev.slipway.pipeline.file;

import dev.slipway.pipeline.EnvironmentSpec;
import java.util.List;
import java.util.Optional;

/**
 * An environment as the file has it.
 *
 * @param after where the environment before it is named
 * @param templates every text with references
 */
record EnvironmentDraft(
    Value at, EnvironmentSpec spec, Optional<Value> after, List<TemplateUse> templates) {}
